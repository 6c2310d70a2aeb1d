/// A number of KiB (1,024 bytes): the unit of `LobMaxSize`, `bulk-max-size` and every other DMS
/// setting that the DMS guide writes as KB.
public struct Kibibytes: Hashable, Comparable, Sendable, Codable {
    /// The count of KiB, zero or more.
    public let count: Int

    /// Creates an amount of KiB.
    public init(_ count: Int) {
        self.count = count
    }

    /// The fewest KiB, at least one, that hold `size`: DMS cuts what is larger, not what is equal.
    public init(holding size: ByteCount) {
        let whole = size.bytes / 1024
        count = max(1, Int(size.bytes % 1024 == 0 ? whole : whole + 1))
    }

    /// The same amount in bytes.
    public var bytes: ByteCount {
        ByteCount(Int64(count).multipliedReportingOverflow(by: 1024).overflow ? .max : Int64(count) * 1024)
    }

    /// Orders by amount.
    public static func < (left: Kibibytes, right: Kibibytes) -> Bool {
        left.count < right.count
    }

    /// Reads a bare integer.
    public init(from decoder: any Decoder) throws {
        count = try decoder.singleValueContainer().decode(Int.self)
    }

    /// Writes a bare integer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(count)
    }

    /// The largest limit that DMS takes in limited LOB mode (DMS user guide, LOB support).
    public static let limitedModeCeiling = Kibibytes(102_400)
    /// `LobMaxSize` when nothing is said.
    public static let dmsDefault = Kibibytes(32)
}
