/// The text of one statement, or a part of it, as bytes.
///
/// Made from literals; only SQL, quoted identifiers, integers and booleans can be interpolated. There is no way
/// in for a `String`: values are bound, names are quoted.
public struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The statement as it is sent, in the client encoding (UTF-8 unless names say otherwise).
    public private(set) var bytes: [UInt8]

    /// Takes a literal; `StaticString` keeps run-time strings out.
    public init(stringLiteral value: StaticString) {
        bytes = Array(value.description.utf8)
    }

    /// Takes a literal with interpolated parts.
    public init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.bytes
    }

    /// A string literal of bytes that need no escapes.
    init(quotedPlain bytes: [UInt8]) {
        self.bytes = [0x27] + bytes + [0x27]
    }

    /// A string literal of ASCII letters, digits and `_ . -`, which means the same whatever the settings are.
    ///
    /// - Throws: `PostgreSQLError.protocolViolation` for any other byte.
    public static func literal(word bytes: [UInt8]) throws(PostgreSQLError) -> SQL {
        let isPlain = bytes.allSatisfy { byte in
            0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
                || [0x2D, 0x2E, 0x5F].contains(byte)
        }
        guard isPlain else { throw .protocolViolation("word of a statement has other bytes than letters") }
        return SQL(quotedPlain: bytes)
    }

    /// The qualified, quoted name of an object in a schema.
    ///
    /// - Throws: `PostgreSQLError.protocolViolation` if either part is empty or contains a NUL byte.
    public static func name(schema: [UInt8], name: [UInt8]) throws(PostgreSQLError) -> SQL {
        let schema = try QuotedIdentifier(schema)
        let name = try QuotedIdentifier(name)
        return "\(schema).\(name)"
    }

    /// The statement for a person to read; control characters other than newline and tab, and invalid bytes,
    /// are escaped visibly.
    public var text: String {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { VisibleText.escaping(Array($0), maximumBytes: .max) }
            .joined(separator: "\n")
    }

    /// One part after the other, with nothing between them.
    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.bytes += right.bytes
        return sum
    }

    /// The literal parts and values of one interpolated literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        var bytes: [UInt8] = []

        /// Reserves room for the literal.
        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        /// Adds text written in the program.
        public mutating func appendLiteral(_ literal: StaticString) {
            bytes += Array(literal.description.utf8)
        }

        /// Adds another part of a statement.
        public mutating func appendInterpolation(_ part: SQL) {
            bytes += part.bytes
        }

        /// Adds a quoted name.
        public mutating func appendInterpolation(_ name: QuotedIdentifier) {
            bytes += name.quoted
        }

        /// Adds a number in decimal.
        public mutating func appendInterpolation(_ number: some FixedWidthInteger) {
            // Two minus signs in a row would begin a comment.
            if number < 0, bytes.last == 0x2D { bytes.append(0x20) }
            bytes += Array(String(number).utf8)
        }

        /// Adds `true` or `false`.
        public mutating func appendInterpolation(_ value: Bool) {
            bytes += Array((value ? "true" : "false").utf8)
        }
    }
}

extension Sequence where Element == SQL {
    /// All parts, with the separator between them.
    public func joined(separator: SQL) -> SQL {
        var sum: SQL = ""
        var isFirst = true
        for part in self {
            sum = isFirst ? part : sum + separator + part
            isFirst = false
        }
        return sum
    }
}
