import LOBProfile
import PostgreSQLClient

/// Extensions that keep rows of tables elsewhere, or have tables of their own that are none of the application's.
///
/// What they write into their own tables is read only where these are members of the extension, may be read, and have the
/// columns that are asked for: other versions have others.
struct KnownExtensions {
    private var available: [Source: SQL] = [:]
    private var hasTimescaleDB = false
    private var marks: [UInt32: Set<Mark>] = [:]

    /// What an extension says of a relation.
    enum Mark: String {
        /// A hypertable of TimescaleDB: its rows are in chunks, which inherit from it.
        case hypertable
        /// A chunk of TimescaleDB.
        case chunk
        /// A table of Citus whose rows are in shards.
        case distributed
        /// One of those with several shards, or of which that is not known: a reference table has one.
        case sharded
        /// A table of pg_partman from which partitions get what a partitioned table cannot have.
        case template
    }

    /// A table of an extension.
    private enum Source: String, CaseIterable {
        case hypertables = "timescaledb.hypertable"
        case chunks = "timescaledb.chunk"
        case distributedTables = "citus.pg_dist_partition"
        case partConfig = "pg_partman.part_config"
    }

    /// Yields a row for each extension that is known: its name, and each table of it that may be read, with its schema.
    static let query: SQL = """
        SELECT e.extname::pg_catalog.text, n.nspname::pg_catalog.text, c.relname::pg_catalog.text
          FROM pg_catalog.pg_extension e
          LEFT JOIN (pg_catalog.pg_depend d
                 JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'r'
                 JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 JOIN (VALUES ('hypertable', 'schema_name', 'table_name'), ('chunk', 'schema_name', 'table_name'),
                              ('pg_dist_partition', 'logicalrelid', 'partmethod'),
                              ('part_config', 'template_table', 'template_table')) w(relation, first, second)
                   ON w.relation = c.relname::pg_catalog.text
                  AND EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
                                 AND a.attname::pg_catalog.text = w.first)
                  AND EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
                                 AND a.attname::pg_catalog.text = w.second))
            ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
           AND d.refobjid = e.oid AND d.deptype = 'e' AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
           AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
         WHERE e.extname IN ('timescaledb', 'citus', 'pg_partman')
        """

    /// Adds a row of ``query``.
    mutating func add(extension row: borrowing Row) throws(PostgreSQLError) {
        let name = try row.bytes(0)
        if name.elementsEqual("timescaledb".utf8) { hasTimescaleDB = true }
        guard !row.isNull(1) else { return }
        let key = String(decoding: name + [UInt8(ascii: ".")] + (try row.bytes(2)), as: UTF8.self)
        guard let source = Source(rawValue: key) else { return }
        available[source] = try SQL.name(schema: try row.bytes(1), name: try row.bytes(2))
    }

    /// Yields the OID of each relation of which an extension says something, and what.
    var marked: SQL {
        let parts = Source.allCases.compactMap { source in
            available[source].map { Self.marked(by: source, $0) }
        }
        let none: SQL = "SELECT 0::pg_catalog.oid, ''::pg_catalog.text WHERE false"
        return parts.isEmpty ? none : parts.joined(separator: " UNION ALL ")
    }

    /// A row of VALUES for each table of an extension: its name, and what is asked where it is there.
    static func queries(of table: SQL) throws(PostgreSQLError) -> SQL {
        var rows: [SQL] = []
        for source in Source.allCases {
            let name = try SQL.literal(word: Array(source.rawValue.utf8))
            rows.append("(\(name)::pg_catalog.text, $t$\(marked(by: source, table))$t$::pg_catalog.text)")
        }
        return rows.joined(separator: ", ")
    }

    private static func marked(by source: Source, _ table: SQL) -> SQL {
        switch source {
        case .hypertables:
            named("hypertable", "x.schema_name = n.nspname AND x.table_name = c.relname", table)
        case .chunks: named("chunk", "x.schema_name = n.nspname AND x.table_name = c.relname", table)
        case .distributedTables:
            """
            SELECT x.logicalrelid::pg_catalog.oid, m.mark
              FROM \(table) x
             CROSS JOIN (VALUES ('distributed'::pg_catalog.text), ('sharded'::pg_catalog.text)) m(mark)
             WHERE m.mark = 'distributed' OR x.partmethod <> 'n'
            """
        case .partConfig:
            named(
                "template",
                "x.template_table = n.nspname::pg_catalog.text || '.' || c.relname::pg_catalog.text", table)
        }
    }

    private static func named(_ mark: SQL, _ condition: SQL, _ table: SQL) -> SQL {
        """
        SELECT c.oid, '\(mark)'::pg_catalog.text
          FROM \(table) x
          JOIN (pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace) ON \(condition)
        """
    }

    /// Adds a row of ``marked``.
    mutating func add(mark row: borrowing Row) throws(PostgreSQLError) {
        guard let mark = Mark(rawValue: try row.text(1)) else { return }
        marks[try row.uint32(0), default: []].insert(mark)
    }

    /// Whether an extension says something of a relation.
    func has(_ mark: Mark, _ relation: UInt32) -> Bool { marks[relation]?.contains(mark) ?? false }

    /// Whether a relation is an extension's business alone: what it holds is read with another table, or is no data.
    func hides(_ relation: UInt32, schema: Identifier) -> Bool {
        has(.chunk, relation) || has(.template, relation)
            || (hasTimescaleDB && Self.timescaleSchemas.contains(schema))
    }

    /// Where TimescaleDB keeps chunks, compressed data, materialized aggregates and its own tables.
    private static let timescaleSchemas: Set<Identifier> = [
        Identifier("_timescaledb_internal"), Identifier("_timescaledb_catalog"),
        Identifier("_timescaledb_config"), Identifier("_timescaledb_cache"),
    ]
}
