import LOBProfile
import PostgreSQLClient

/// A snapshot that some transaction holds, for others to see the same moment.
struct HeldSnapshot: Sendable {
    /// Its number in the survey.
    let id: Int
    let name: SnapshotName
    let answer: MomentQuery.Answer
    let moment: Moment
    let takenAt: ContinuousClock.Instant

    var server: ServerIdentity { answer.server }
    /// Every transaction before this one had ended when it was taken.
    var horizon: UInt64 { answer.horizon }
    /// `pg_current_snapshot()` as text, which another transaction says that sees the same.
    var visible: [UInt8] { answer.visible }
}

/// A transaction that stays open, so that others can see the database as it was when it began.
///
/// Meanwhile vacuum cannot remove what was deleted since, and on a replica replay may have to wait or to end it.
final class SnapshotHolder: Sendable {
    let snapshot: HeldSnapshot
    private let connection: OpenTransaction

    /// Takes a snapshot.
    ///
    /// - Throws: `PostgreSQLError` when the server refuses.
    init(id: Int, session: ServerSession) throws(PostgreSQLError) {
        let query = MomentQuery(serverVersion: session.serverVersion)
        var before: LSN?
        var connection = try session.connect { (connection) throws(PostgreSQLError) in
            try session.brief().run(query.position, over: &connection) {
                (row: borrowing Row) throws(PostgreSQLError) in
                before = try row.optionalInt64(0).map { LSN(bytes: UInt64(max(0, $0))) }
            }
        }
        var preamble = session.preamble
        preamble.staysIdle = true
        var (name, answer): (SnapshotName?, MomentQuery.Answer?)
        let takenAt = ContinuousClock.now
        try ReadTransaction(preamble).begin(
            [query.statement, Statement("SELECT pg_catalog.pg_export_snapshot()")], over: &connection
        ) { (statement: Int, row: borrowing Row) throws(PostgreSQLError) in
            switch statement {
            case 0: answer = try MomentQuery.Answer(row)
            default: name = try SnapshotName(try row.bytes(0))
            }
        }
        guard let name, let answer else { throw .protocolViolation("no snapshot was exported") }
        snapshot = HeldSnapshot(
            id: id, name: name, answer: answer, moment: answer.moment(after: before), takenAt: takenAt)
        self.connection = OpenTransaction(connection, spare: session.spare)
    }

    /// Ends the transaction.
    func end() { connection.end() }
}
