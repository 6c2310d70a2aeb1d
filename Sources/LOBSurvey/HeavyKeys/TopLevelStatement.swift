import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// Takes a json or jsonb value apart on the server: spellings of its top-level keys, and sizes.
///
/// jsonb is taken as its text, which is what DMS reads, so both have one way. `json_each` turns every escape into its character,
/// also those of values, and fails for what no text can hold: `\u0000`, or one half of a surrogate pair. So each backslash
/// is taken for a character that the value does not have, one byte for one byte, and is put back in the keys that are told.
struct TopLevelStatement {
    private let source: TableSource
    private let text: SQL
    private let names: JSONKeyNames

    /// Quotes the names of a relation and of a column of type json or jsonb.
    ///
    /// - Throws: `PostgreSQLError.protocolViolation` for a name that no server can have.
    init(_ relation: Relation, _ column: Column, names: JSONKeyNames) throws(PostgreSQLError) {
        source = try TableSource(relation, columns: [column])
        let name = source.quotedColumns.joined(separator: ", ")
        let output: SQL = column.family == .jsonb ? "jsonb_out" : "json_out"
        text = "pg_catalog.textin(pg_catalog.\(output)(\(name)))"
        self.names = names
    }

    /// Yields nothing where the row is gone or its value has another size; else for each key that is told, or once without
    /// one, what ``TopLevelAnswer`` reads.
    func statement(for value: LocatedSize) -> SQL {
        """
        SELECT d.kind, CASE d.kind WHEN 'array' THEN pg_catalog.json_array_length(d.document) END::pg_catalog.int8,
               k.keys, \(name), \(isCut), k.occurrences, k.bytes
          FROM (SELECT v.mark, v.document, pg_catalog.json_typeof(v.document) AS kind
                  FROM (\(document(of: value))) v OFFSET 0) d
          LEFT JOIN LATERAL (\(keys)) k ON true
         ORDER BY k.bytes DESC, k.key COLLATE pg_catalog."C"
        """
    }

    /// The value with another character for each backslash.
    private func document(of value: LocatedSize) -> SQL {
        """
        SELECT m.mark, pg_catalog.json_in(pg_catalog.textout(\(Self.unescaped))) AS document
          FROM (SELECT t.body, (SELECT c.mark FROM pg_catalog.unnest(\(Self.marks)) c(mark)
                                 WHERE pg_catalog.strpos(t.body, c.mark) = 0 LIMIT 1) AS mark
                  FROM (SELECT \(text) AS body FROM \(source.relation)
                         WHERE r.ctid = '(\(value.block),\(value.offset))'::pg_catalog.tid OFFSET 0) t
                 WHERE pg_catalog.octet_length(t.body) = \(value.size.bytes) OFFSET 0) m OFFSET 0
        """
    }

    /// The heaviest keys of an object.
    private var keys: SQL {
        """
        SELECT e.key, pg_catalog.count(*) OVER () AS keys, pg_catalog.count(*) AS occurrences,
               pg_catalog.sum(pg_catalog.octet_length(e.key) + 2
                              + pg_catalog.pg_column_size(pg_catalog.json_out(e.value)) - 1)::pg_catalog.int8 AS bytes
          FROM pg_catalog.json_each(CASE d.kind WHEN 'object' THEN d.document END) e
         GROUP BY e.key ORDER BY bytes DESC, e.key COLLATE pg_catalog."C" LIMIT \(HeavyKey.kept)
        """
    }

    /// Characters of one byte that stand for nothing in JSON but themselves, the rarest first.
    private static let marks: SQL = "ARRAY[pg_catalog.chr(127), '~', '^', '|', '@', '#', '$', '%']"
    /// Whatever standard_conforming_strings is.
    private static let backslash: SQL = "pg_catalog.chr(92)"

    /// An escaped backslash, an escaped quotation mark and any other escape stay apart: no escape begins with a digit.
    private static let unescaped: SQL = """
        pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(m.body, \
        \(backslash) || \(backslash), m.mark || '0'), \(backslash) || '"', m.mark || '1'), \(backslash), m.mark)
        """

    private static let spelling: SQL = """
        pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(k.key, \
        d.mark || '1', \(backslash) || '"'), d.mark || '0', \(backslash) || \(backslash)), d.mark, \(backslash))
        """

    private var name: SQL {
        switch names {
        case .named: "pg_catalog.\"left\"(\(Self.spelling), \(HeavyKey.longest))"
        case .hashed:
            """
            pg_catalog."left"(pg_catalog.encode(pg_catalog.sha256(pg_catalog.textsend(\(Self.spelling))), 'hex'), \
            \(HeavyKey.hashDigits))
            """
        }
    }

    private var isCut: SQL {
        switch names {
        case .named: "pg_catalog.char_length(\(Self.spelling)) > \(HeavyKey.longest)"
        case .hashed: "false"
        }
    }
}

/// What the rows of a ``TopLevelStatement`` say.
struct TopLevelAnswer {
    private(set) var content = LargeDocument.Content.notKnown(.changed)

    /// Adds the next row.
    mutating func add(_ row: borrowing Row) throws(PostgreSQLError) {
        switch try row.optionalText(0) {
        // No character was left for the backslashes.
        case nil: content = .notKnown(.failed)
        case "object"?: try addKey(row)
        case "array"?: content = .array(elements: Int(try row.int64(1)))
        default: content = .scalar
        }
    }

    private mutating func addKey(_ row: borrowing Row) throws(PostgreSQLError) {
        guard let keys = try row.optionalInt64(2) else {
            content = .object(keys: 0, heaviest: [])
            return
        }
        let before = if case .object(_, let heaviest) = content { heaviest } else { [HeavyKey]() }
        let key = HeavyKey(
            name: Identifier(bytes: try row.bytes(3)), isCut: try row.bool(4),
            occurrences: Int(try row.int64(5)), size: ByteCount(try row.int64(6)))
        content = .object(keys: Int(keys), heaviest: before + [key])
    }
}
