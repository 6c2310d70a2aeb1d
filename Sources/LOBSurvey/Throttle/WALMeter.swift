import LOBProfile
import PostgreSQLClient

/// How much WAL was written on a primary since a moment.
///
/// Until 17 a server counts it for all sessions together only.
struct WALMeter {
    private let session: ServerSession
    private let start: Int64?

    /// How long the server may take to answer.
    private static let patience: Duration = .seconds(2)

    /// Begins to measure; a server that does not tell costs the figure and nothing else.
    init(_ session: ServerSession, isReplica: Bool, over connection: inout Connection) {
        self.session = session
        start = isReplica ? nil : try? Self.position(session, over: &connection)
    }

    /// Bytes of WAL since then, by all sessions; nil on a replica, or where the server does not tell.
    func bytes() -> Int64? {
        guard let start else { return nil }
        let end = try? session.withConnection { (connection) throws(PostgreSQLError) in
            try Self.position(session, over: &connection)
        }
        return end.map { max(0, $0 - start) }
    }

    private static func position(
        _ session: ServerSession, over connection: inout Connection
    ) throws(PostgreSQLError) -> Int64 {
        let sql = LoadSQL(serverVersion: session.serverVersion, isReplica: false).walPosition
        var brief = session.preamble
        brief.statementTimeout = patience
        let positions = try ReadTransaction(brief).values(of: sql, over: &connection) {
            (row: borrowing Row) throws(PostgreSQLError) in try row.int64(0)
        }
        guard let position = positions.first else { throw .protocolViolation("no position of the WAL") }
        return position
    }
}
