/// `--growth`: how many rows are expected to arrive in each table until the cut-over.
public enum Growth: Sendable, Hashable {
    /// So many rows in each table; a partitioned table's are shared out by the rows of its partitions.
    case rows(Int)
    /// A share of the rows present; 0.1 is 10 %.
    case share(Double)
    /// As many as arrive in so many days at the rate of each table.
    case days(Double)

    /// Reads `100000`, `10%` or `30d`; nil for anything else, and for what is not over 0.
    public init?(_ text: String) {
        var digits = text.utf8[...]
        guard let unit = digits.last else { return nil }
        let hasUnit = unit == UInt8(ascii: "%") || unit == UInt8(ascii: "d")
        if hasUnit { digits.removeLast() }
        guard let plain = String(digits) else { return nil }
        guard hasUnit else {
            guard let rows = Int(plain), rows > 0 else { return nil }
            self = .rows(rows)
            return
        }
        guard let number = Double(plain), number > 0, number <= 100_000 else { return nil }
        self = unit == UInt8(ascii: "%") ? .share(number / 100) : .days(number)
    }

    /// As ``init(_:)`` reads it.
    public var text: String {
        switch self {
        case .rows(let rows): "\(rows)"
        case .share(let share): Self.plain(share * 100) + "%"
        case .days(let days): Self.plain(days) + "d"
        }
    }

    private static func plain(_ number: Double) -> String {
        // 0.07 x 100 is 7.000000000000001 in binary.
        let rounded = (number * 1e6).rounded() / 1e6
        return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
    }
}

extension Growth: Codable {
    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let growth = Growth(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no growth")
        }
        self = growth
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
