import LOBProfile
import PostgreSQLClient

/// How much WAL was written on a primary since a moment.
///
/// Until 17 a server counts it for all sessions together only.
struct WALMeter {
    private let session: ServerSession
    private let isReplica: Bool
    private let start: Int64?

    /// Begins to measure; a server that does not tell costs the figure and nothing else.
    init(_ session: ServerSession, isReplica: Bool, over connection: inout Connection) {
        self.session = session
        self.isReplica = isReplica
        start = Self.position(session, isReplica: isReplica, over: &connection)
    }

    /// Bytes of WAL since then, by all sessions; nil on a replica, or where the server does not tell.
    func bytes() -> Int64? {
        guard let start else { return nil }
        // The first connection may have been lost unnoticed; the second is new then.
        for _ in 0..<2 {
            do throws(PostgreSQLError) {
                var connection = try session.connect()
                let end = Self.position(session, isReplica: isReplica, over: &connection)
                if let end { return max(0, end - start) }
            } catch {
                return nil
            }
        }
        return nil
    }

    private static func position(
        _ session: ServerSession, isReplica: Bool, over connection: inout Connection
    ) -> Int64? {
        guard !isReplica else { return nil }
        let sql = LoadSQL(serverVersion: session.serverVersion, isReplica: false).walPosition
        let opening = session.preamble.statements()
        var position: Int64?
        do throws(PostgreSQLError) {
            try connection.batch(opening + [Statement(sql), Statement("COMMIT")], deadline: .seconds(5)) {
                (index: Int, row: borrowing Row) throws(PostgreSQLError) in
                if index == opening.count { position = try row.int64(0) }
            }
            return position
        } catch {
            return nil
        }
    }
}
