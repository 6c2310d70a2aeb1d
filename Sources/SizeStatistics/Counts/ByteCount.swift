/// A size in bytes: what `octet_length` says of a value as DMS reads it.
public struct ByteCount: Hashable, Comparable, Sendable, Codable {
    /// The number of bytes, zero or more.
    public var bytes: Int64

    /// Creates a size of so many bytes.
    public init(_ bytes: Int64) {
        self.bytes = bytes
    }

    /// Creates the smallest size in whole bytes that is not under a number, or the largest there is.
    init(roundingUp bytes: Double) {
        self.bytes = Int64(exactly: bytes.rounded(.up)) ?? .max
    }

    /// Orders by size.
    public static func < (left: ByteCount, right: ByteCount) -> Bool {
        left.bytes < right.bytes
    }

    /// Reads a bare integer.
    public init(from decoder: any Decoder) throws {
        bytes = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes a bare integer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes)
    }
}
