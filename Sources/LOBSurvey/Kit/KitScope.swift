import LOBProfile
import PostgreSQLClient

/// A scope as the script of the offline kit knows it.
///
/// The script may read more than is in scope; the import keeps what is.
struct KitScope {
    let scope: Scope

    /// The options that make a scope, as they are named in the answers.
    enum Option: String {
        case schema, table, excludeTable
    }

    /// One row for each pattern: its option, and its text.
    func rows() throws(PostgreSQLError) -> SQL {
        var rows: [SQL] = []
        for (option, patterns) in [
            (Option.schema, scope.schemas), (.table, scope.tables), (.excludeTable, scope.excludedTables),
        ] {
            for pattern in patterns {
                let name = try SQL.literal(word: Array(option.rawValue.utf8))
                rows.append("SELECT \(name)::pg_catalog.text, \(try Self.text(pattern.source.bytes))")
            }
        }
        return rows.isEmpty
            ? "SELECT ''::pg_catalog.text, ''::pg_catalog.text WHERE false"
            : rows.joined(separator: " UNION ALL ")
    }

    /// What a relation `c` in schema `n` has to fulfil to be in scope.
    func condition() throws(PostgreSQLError) -> SQL {
        var conditions: [SQL] = []
        if !scope.schemas.isEmpty {
            conditions.append(
                try disjunction(scope.schemas) { (pattern) throws(PostgreSQLError) in
                    try Self.isLike("n.nspname", pattern.like.name)
                })
        }
        if !scope.tables.isEmpty {
            let names = try disjunction(scope.tables) { (pattern) throws(PostgreSQLError) in
                try Self.isNamed(pattern, "k.relname", in: "m.nspname")
            }
            conditions.append("EXISTS (\(Self.relationsAbove) WHERE \(names))")
        }
        if !scope.excludedTables.isEmpty {
            let names = try disjunction(scope.excludedTables) { (pattern) throws(PostgreSQLError) in
                try Self.isNamed(pattern, "c.relname", in: "n.nspname")
            }
            conditions.append("NOT \(names)")
        }
        return conditions.isEmpty ? "true" : conditions.joined(separator: " AND ")
    }

    /// A relation may be named by itself or by a table that it is a part of.
    private static let relationsAbove: SQL = """
        WITH RECURSIVE up(oid) AS (
          SELECT c.oid UNION SELECT i.inhparent FROM up u JOIN pg_catalog.pg_inherits i ON i.inhrelid = u.oid)
        SELECT FROM up u JOIN pg_catalog.pg_class k ON k.oid = u.oid
          JOIN pg_catalog.pg_namespace m ON m.oid = k.relnamespace
        """

    private func disjunction(
        _ patterns: [NamePattern], _ condition: (NamePattern) throws(PostgreSQLError) -> SQL
    ) throws(PostgreSQLError) -> SQL {
        var conditions: [SQL] = []
        for pattern in patterns { conditions.append(try condition(pattern)) }
        return "(\(conditions.joined(separator: " OR ")))"
    }

    private static func isNamed(
        _ pattern: NamePattern, _ name: SQL, in schema: SQL
    ) throws(PostgreSQLError) -> SQL {
        let isNamed = try isLike(name, pattern.like.name)
        guard let wanted = pattern.like.schema else { return isNamed }
        return "(\(try isLike(schema, wanted)) AND \(isNamed))"
    }

    private static func isLike(_ name: SQL, _ pattern: [UInt8]) throws(PostgreSQLError) -> SQL {
        "\(name)::pg_catalog.text COLLATE \"C\" LIKE \(try text(pattern))"
    }

    /// A text in hexadecimal: whatever it is, it means nothing to SQL or psql.
    private static func text(_ bytes: [UInt8]) throws(PostgreSQLError) -> SQL {
        let digits = Array("0123456789abcdef".utf8)
        let hex = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "pg_catalog.convert_from(pg_catalog.decode(\(try SQL.literal(word: hex)), 'hex'), 'UTF8')"
    }
}

extension Scope {
    /// The scope that rows of answers name.
    ///
    /// - Throws: `PostgreSQLError.decoding` for what is no pattern of an option.
    init(kit rows: [(option: String, pattern: String)]) throws(PostgreSQLError) {
        self.init()
        for row in rows {
            guard let pattern = try? NamePattern(row.pattern),
                let option = KitScope.Option(rawValue: row.option)
            else { throw .decoding(column: 1, expected: "a pattern of names") }
            switch option {
            case .schema: schemas.append(pattern)
            case .table: tables.append(pattern)
            case .excludeTable: excludedTables.append(pattern)
            }
        }
    }
}
