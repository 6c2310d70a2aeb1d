/// Where a value was cut, as a log says it: `column' in table 'schema.table`.
///
/// The text does not say where a name with dots or quotes ends, so it is kept whole and compared with
/// the names of the catalog.
public struct TruncatedPlace: Hashable, Sendable {
    /// The bytes between `column '` and `' was truncated to`.
    public let bytes: [UInt8]

    /// Creates a place from the text of a log.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A column with its table.
    public struct Reading: Hashable, Sendable {
        public let table: RelationName
        public let column: Identifier
    }

    /// Every way to divide the text into a column, a schema and a table, the plainest first.
    public var readings: [Reading] {
        Self.dividers(in: bytes).flatMap { divider -> [Reading] in
            let column = Identifier(bytes: Array(bytes[..<divider.lowerBound]))
            let table = Array(bytes[divider.upperBound...])
            return table.indices.filter { table[$0] == UInt8(ascii: ".") }.map { dot in
                let name = RelationName(
                    schema: Identifier(bytes: Array(table[..<dot])),
                    name: Identifier(bytes: Array(table[(dot + 1)...])))
                return Reading(table: name, column: column)
            }
        }
    }

    /// Where `' in table '` stands.
    private static func dividers(in bytes: [UInt8]) -> [Range<Int>] {
        bytes.indices.filter { bytes[$0] == UInt8(ascii: "'") }.compactMap { quote in
            var cursor = ByteCursor(bytes, at: quote + 1)
            guard cursor.take(words: ["in", "table"]), cursor.take("'") else { return nil }
            return quote..<cursor.position
        }
    }

    /// Whether the text names a table at all.
    var hasDivider: Bool { !Self.dividers(in: bytes).isEmpty }

    /// The place for people, with names as the log has them.
    public var text: String {
        guard let reading = readings.first else { return Identifier(bytes: bytes).losslessText }
        return "\(reading.table.losslessText).\(reading.column.losslessText)"
    }
}
