/// Finds limits for risks that several parts make up.
enum RiskSearch {
    /// The smallest size from `start` on that is good enough, to a byte in 2^16; 1 TiB where none is.
    ///
    /// - Parameter isEnough: true from some size on.
    static func smallest(from start: ByteCount, _ isEnough: (ByteCount) -> Bool) -> ByteCount {
        guard !isEnough(start) else { return start }
        var low = max(start.bytes, 1)
        var high = low
        while !isEnough(ByteCount(high)) {
            guard high < 1 << 40 else { return ByteCount(1 << 40) }
            (low, high) = (high, high * 2)
        }
        while high - low > max(1, high >> 16) {
            let middle = low + (high - low) / 2
            if isEnough(ByteCount(middle)) { high = middle } else { low = middle }
        }
        return ByteCount(high)
    }
}
