import PostgreSQLClient

/// A transaction that stays open, so that others can see the database as it was when it began.
///
/// Meanwhile vacuum cannot remove what was deleted since, and on a replica replay may have to wait or to end it.
struct ExportedSnapshot: ~Copyable {
    private let start = ContinuousClock.now
    private var connection: Connection

    /// Takes a snapshot, and lets every later transaction of a session see it.
    ///
    /// - Throws: `SurveyError.postgreSQL` when the server refuses.
    init(for session: inout ServerSession) throws(SurveyError) {
        do throws(PostgreSQLError) {
            var connection = try ServerSession.connect(session.conninfo)
            var preamble = session.preamble
            preamble.staysIdle = true
            let opening = preamble.statements()
            var name: SnapshotName?
            try connection.batch(
                opening + [Statement("SELECT pg_catalog.pg_export_snapshot()")], deadline: .seconds(30)
            ) { (index: Int, row: borrowing Row) throws(PostgreSQLError) in
                if index == opening.count { name = try SnapshotName(try row.bytes(0)) }
            }
            guard let name else { throw .protocolViolation("no snapshot was exported") }
            session.preamble.snapshot = name
            self.connection = connection
        } catch {
            throw .postgreSQL(error)
        }
    }

    /// Ends the transaction; returns how many seconds the snapshot was kept.
    consuming func end() -> Double {
        try? connection.rollback()
        return start.duration(to: .now).inSeconds
    }
}
