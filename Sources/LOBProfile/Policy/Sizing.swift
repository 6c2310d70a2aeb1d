public import SizeStatistics

/// How many bytes DMS needs for a value of a given size: `--sizing`.
///
/// PostgreSQL sends UTF-8, DMS documents NCLOB as two bytes a character, and captures show a trailing
/// NUL: `aws` covers all three (AWS DMS user guide, PostgreSQL source; UTF-16 never takes more than two
/// bytes for a byte of UTF-8, so the guide's factor 4 is not needed).
public enum Sizing: String, Sendable, Codable, CaseIterable {
    case aws, octets, x3

    /// Bytes that the DMS limit must hold.
    ///
    /// - Parameters:
    ///   - size: bytes of the value in the server encoding.
    ///   - lobClass: what DMS makes of the column.
    ///   - utf8BytesPerByte: see ``ServerFacts/utf8BytesPerByte``.
    public func bytesNeeded(for size: ByteCount, lobClass: LOBClass, utf8BytesPerByte: Int64) -> ByteCount {
        let octets = size.bytes
        let utf8 = octets.saturatingProduct(utf8BytesPerByte)
        switch (self, lobClass) {
        case (.x3, _): return ByteCount(octets.saturatingProduct(3))
        case (_, .blob): return size
        case (.aws, _): return ByteCount(max(utf8.saturatingSum(1), octets.saturatingProduct(2)))
        case (.octets, _): return ByteCount(utf8.saturatingSum(1))
        }
    }
}

extension Sizing {
    /// The largest value that a DMS limit of `limit` bytes holds: the inverse of ``bytesNeeded(for:lobClass:utf8BytesPerByte:)``.
    public func largestSize(
        fitting limit: ByteCount, lobClass: LOBClass, utf8BytesPerByte: Int64
    ) -> ByteCount {
        let bytes = limit.bytes
        switch (self, lobClass) {
        case (.x3, _): return ByteCount(bytes / 3)
        case (_, .blob): return limit
        case (.aws, _): return ByteCount(max(0, min((bytes - 1) / utf8BytesPerByte, bytes / 2)))
        case (.octets, _): return ByteCount(max(0, (bytes - 1) / utf8BytesPerByte))
        }
    }
}
