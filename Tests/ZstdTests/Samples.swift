enum Samples {
    /// Bytes that do not compress.
    static func random(_ size: Int) -> [UInt8] {
        var state: UInt64 = 42
        return (0..<size).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }

    /// Digits and commas that compress about as well as a snapshot.
    static func text(_ size: Int) -> [UInt8] {
        random(size).map { $0 < 40 ? UInt8(ascii: ",") : UInt8(ascii: "0") + $0 % 10 }
    }
}
