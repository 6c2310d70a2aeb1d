/// A size in bytes: what `octet_length` says of a value as DMS reads it.
public struct ByteCount: Hashable, Comparable, Sendable, Codable {
    /// The number of bytes, zero or more.
    public var bytes: Int64

    /// Creates a size of so many bytes.
    public init(_ bytes: Int64) {
        self.bytes = bytes
    }

    /// Creates the smallest size in whole bytes that is not under a number, or the largest there is.
    package init(roundingUp bytes: Double) {
        self.bytes = Int64(exactly: bytes.rounded(.up)) ?? .max
    }

    /// No value of PostgreSQL is larger: its size has 30 bits, so 1 GiB less 1 byte.
    public static let largestValue = ByteCount((1 << 30) - 1)

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

extension Int64 {
    /// The product, or the largest value where it does not fit.
    package func saturatingProduct(_ factor: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        return overflow ? .max : product
    }

    /// The sum, or the largest value where it does not fit.
    package func saturatingSum(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
