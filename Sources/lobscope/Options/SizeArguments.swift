import LOBAdvice

extension Kibibytes: QuantityValue {
    static var expected: String { "a size" }
    static var forms: String { "64KB or 1MB; a number alone is KB, as DMS counts" }
    static var units: [String] { [""] + Quantity.sizeUnits }
    static var range: String {
        "whole KB from 1KB to \(Kibibytes.limitedModeCeiling.count)KB, the most that limited mode holds"
    }

    /// A limit such as `64KB` or `1MB`; a number alone is KB, as in the settings of DMS.
    init?(quantity: Quantity) {
        let kibibytes = quantity.unit.isEmpty ? quantity.number : (quantity.bytes ?? 0) / 1024
        guard let count = Int(exactly: kibibytes),
            (1...Kibibytes.limitedModeCeiling.count).contains(count)
        else { return nil }
        self.init(count)
    }
}

/// An amount of memory: `16GiB`, `16GB` (the same here) or `4096MiB`.
struct MemorySize: QuantityValue {
    static let expected = "an amount of memory with its unit"
    static let forms = "16GiB"
    static let units = Quantity.sizeUnits
    static let range = "from 1B to 64TiB"

    /// The amount, from 1 byte to 64 TiB.
    let size: ByteCount

    private static let most = 64.0 * 1_099_511_627_776

    /// nil for a number without a unit: `16` is no amount of bytes that somebody means.
    init?(quantity: Quantity) {
        guard let bytes = quantity.bytes, (1...Self.most).contains(bytes) else { return nil }
        size = ByteCount(Int64(bytes))
    }
}
