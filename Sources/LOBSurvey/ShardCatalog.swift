import LOBProfile
import PostgreSQLClient

/// What the coordinator of a cluster of Citus says of shards and of the servers that hold them.
struct ShardCatalog: Sendable {
    /// The shards of each table, by its OID.
    let placements: [UInt32: [ShardPlacement]]
    /// When each server was started, by its place, as it told the coordinator; without those that the coordinator does not reach.
    ///
    /// Shards have the same numbers in every cluster, and its names for servers may lead to others from here: that both were told
    /// the same time shows that they asked the same server.
    private let starts: [String: Int64]
    /// When the coordinator was started.
    private let ownStart: Int64

    /// The number of the coordinator among the servers.
    static let coordinator: Int64 = 0

    /// Asks the coordinator.
    ///
    /// - Parameter begin: a moment of the survey, on the server that it asks.
    /// - Throws: `ShardProblem` where it does not say it, or is no coordinator.
    init(_ session: ServerSession, _ begin: SeenMoment) throws(ShardProblem) {
        // What others have of the catalog comes later: a shard may be elsewhere by now, and its old rows still there.
        guard begin.moment.replica == nil else { throw .behind }
        ownStart = begin.server.startedAt
        var (group, starts): (Int64?, [String: Int64]) = (nil, [:])
        do throws(PostgreSQLError) {
            try session.withConnection { (connection) throws(PostgreSQLError) in
                let statements = [ShardPlacement.ownGroup, Self.startsQuery].map { Statement($0) }
                try ReadTransaction(session.preamble).run(statements, over: &connection) {
                    (statement: Int, row: borrowing Row) throws(PostgreSQLError) in
                    if statement == 0 {
                        group = try row.int64(0)
                    } else if let start = try row.optionalText(2).flatMap({ Int64($0) }) {
                        starts["\(try row.text(0)):\(try row.int64(1))"] = start
                    }
                }
            }
            placements = try Self.placements(session)
        } catch {
            throw .catalog(error.description)
        }
        guard group == Self.coordinator else { throw .behind }
        self.starts = starts
    }

    /// When a server was started; nil where the coordinator does not reach it.
    func start(of node: ShardPlacement.Node) -> Int64? {
        node.group == Self.coordinator ? ownStart : starts[node.place]
    }

    /// The shards of each table as the catalog has them now, by its OID.
    static func placements(_ session: ServerSession) throws(PostgreSQLError) -> [UInt32: [ShardPlacement]] {
        let all = try session.withConnection { (connection) throws(PostgreSQLError) in
            try ReadTransaction(session.preamble).values(of: ShardPlacement.query, over: &connection) {
                (row: borrowing Row) throws(PostgreSQLError) in try ShardPlacement(row)
            }
        }
        return Dictionary(grouping: all) { $0.table }
    }

    /// One row for each other server: host, port, and what it answers, NULL where it does not.
    ///
    /// The function passes a query on to all of them, as the coordinator does with those of tables; every role may call it.
    private static let startsQuery: SQL = """
        SELECT r.nodename::pg_catalog.text, r.nodeport::pg_catalog.int8,
               CASE WHEN r.success THEN r.result::pg_catalog.text END
          FROM pg_catalog.run_command_on_workers($query$SELECT \(ServerIdentity.startedAtSQL)$query$) r
        """
}
