import LOBProfile
import PostgreSQLClient

/// A shard of a table of Citus and where it is, as the catalog of the coordinator says.
struct ShardPlacement: Hashable, Sendable {
    /// A server of the cluster.
    struct Node: Hashable, Sendable {
        /// Its number in the cluster; 0 is the coordinator itself.
        let group: Int64
        let host: String
        let port: Int

        /// Host and port, as the catalog has them.
        var place: String { "\(host):\(port)" }
    }

    /// The OID of the table on the coordinator.
    let table: UInt32
    let schema: Identifier
    let tableName: Identifier
    let shard: Int64
    /// Its number; a shard that is moved gets another one.
    let placement: Int64?
    /// nil where it is on no server that is in use.
    let node: Node?

    /// The longest name that a relation can have, in bytes.
    private static let longestName = 63

    /// The name of the shard there; nil where Citus puts a hash into it.
    var name: RelationName? {
        let bytes = tableName.bytes + Array("_\(shard)".utf8)
        guard bytes.count <= Self.longestName else { return nil }
        return RelationName(schema: schema, name: Identifier(bytes: bytes))
    }

    /// One row for each shard of each table, with one of its placements: of a reference table, which every server has whole,
    /// and of a shard that is kept several times, that of the first server.
    ///
    /// These tables are in `pg_catalog`, where only a superuser can put anything.
    static let query: SQL = """
        SELECT DISTINCT ON (s.shardid)
               c.oid, n.nspname::pg_catalog.text, c.relname::pg_catalog.text, s.shardid, l.placementid,
               l.groupid::pg_catalog.int8, l.nodename::pg_catalog.text, l.nodeport::pg_catalog.int8
          FROM pg_catalog.pg_dist_partition p
          JOIN pg_catalog.pg_class c ON c.oid = p.logicalrelid
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_catalog.pg_dist_shard s ON s.logicalrelid = p.logicalrelid
          LEFT JOIN (SELECT m.placementid, m.shardid, d.groupid, d.nodename, d.nodeport
                       FROM pg_catalog.pg_dist_placement m
                       JOIN pg_catalog.pg_dist_node d ON d.groupid = m.groupid
                      WHERE m.shardstate = 1 AND d.isactive AND d.noderole::pg_catalog.text = 'primary') l
            ON l.shardid = s.shardid
         ORDER BY s.shardid, l.groupid, l.placementid
        """

    /// The number of the server in its cluster: one row.
    static let ownGroup: SQL = "SELECT g.groupid::pg_catalog.int8 FROM pg_catalog.pg_dist_local_group g"

    /// Reads a row of ``query``.
    init(_ row: borrowing Row) throws(PostgreSQLError) {
        table = try row.uint32(0)
        schema = Identifier(bytes: try row.bytes(1))
        tableName = Identifier(bytes: try row.bytes(2))
        shard = try row.int64(3)
        placement = try row.optionalInt64(4)
        let group = try row.optionalInt64(5)
        if let group, let host = try row.optionalText(6), let port = try row.optionalInt64(7) {
            node = Node(group: group, host: host, port: Int(port))
        } else {
            node = nil
        }
    }
}
