import EphemeralPostgreSQL

/// A loaded table: rows by count, bytes on disk with TOAST and indexes.
struct DemoTable: Sendable, CustomStringConvertible {
    /// The name as SQL spells it, with its schema.
    let name: String
    let rows: Int
    let storedBytes: Int

    var description: String {
        let tenths = (storedBytes * 10 + (1 << 19)) >> 20
        return "\(name): \(rows) rows, \(tenths / 10).\(tenths % 10) MiB stored"
    }

    /// Counts every ordinary table, leaf partition and materialized view of the demo's schemas.
    static func all(
        in cluster: EphemeralCluster, database: String
    ) async throws(ClusterError) -> [DemoTable] {
        let answer = try await cluster.psql(
            """
            SELECT format('SELECT %L, (SELECT count(*) FROM %s), pg_total_relation_size(%s);',
                          c.oid::regclass, c.oid::regclass, c.oid)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname IN ('app', 'archive') AND c.relkind IN ('r', 'm')
            ORDER BY n.nspname, c.relname \\gexec
            """, database: database)
        return answer.utf8.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let fields = line.split(separator: UInt8(ascii: "|")).map { String(decoding: $0, as: UTF8.self) }
            guard fields.count == 3, let rows = Int(fields[1]), let bytes = Int(fields[2]) else { return nil }
            return DemoTable(name: fields[0], rows: rows, storedBytes: bytes)
        }
    }
}
