import PostgreSQLClient

/// One short read-only transaction: the settings of the ``Preamble``, statements, COMMIT, in one round trip and within one
/// deadline.
struct ReadTransaction {
    let preamble: Preamble
    /// More settings of this transaction alone, as queries whose rows nobody looks at.
    var settings: [SQL] = []

    init(_ preamble: Preamble, settings: [SQL] = []) {
        self.preamble = preamble
        self.settings = settings
    }

    /// Rows are found by their places: an unanalysed table could be read in full for each range of them otherwise.
    static let byPlaces: SQL = "SELECT pg_catalog.set_config('enable_seqscan', 'off', true)"

    static let commit = Statement("COMMIT")

    var opening: [Statement] { preamble.statements() + settings.map { Statement($0) } }

    /// What the server needs to answer, cancelling included, beyond what a statement may take.
    var deadline: Duration { preamble.statementTimeout + .seconds(5) }

    /// What the frame of a long statement may take.
    var frameDeadline: Duration { min(deadline, .seconds(60)) }

    /// Runs statements and commits.
    ///
    /// - Parameter body: gets each row with the position of its statement, from 0.
    /// - Throws: the first error; then nothing was read, as far as the caller is concerned. It is
    ///   ``PostgreSQLClient/PostgreSQLError/elsewhere`` where the transaction is not on the server of the preamble.
    func run(
        _ statements: [Statement], over connection: inout Connection,
        _ body: (_ statement: Int, _ row: borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        try send(opening, statements, [Self.commit], within: deadline, over: &connection, body)
    }

    /// Runs one statement and commits.
    func run(
        _ statement: Statement, over connection: inout Connection,
        _ body: (borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        try run([statement], over: &connection) { (_: Int, row: borrowing Row) throws(PostgreSQLError) in
            try body(row)
        }
    }

    /// Runs one query and commits; rows for which `value` is nil are left out.
    func values<Value>(
        of query: SQL, over connection: inout Connection,
        _ value: (borrowing Row) throws(PostgreSQLError) -> Value?
    ) throws(PostgreSQLError) -> [Value] {
        var values: [Value] = []
        try run(Statement(query), over: &connection) { (row: borrowing Row) throws(PostgreSQLError) in
            if let next = try value(row) { values.append(next) }
        }
        return values
    }

    /// Runs statements and leaves the transaction open.
    func begin(
        _ statements: [Statement], over connection: inout Connection,
        _ body: (_ statement: Int, _ row: borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        try send(opening, statements, [], within: deadline, over: &connection, body)
    }

    /// Runs statements in the transaction that is open, and commits.
    func finish(
        _ statements: [Statement], over connection: inout Connection,
        _ body: (_ statement: Int, _ row: borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        try send([], statements, [Self.commit], within: deadline, over: &connection, body)
    }

    /// Sends statements in one round trip.
    ///
    /// - Parameter look: statements of another transaction before this one, which do not count in the positions of errors.
    func send(
        behind look: [Statement] = [], _ opening: [Statement], _ statements: [Statement], _ end: [Statement],
        within deadline: Duration, over connection: inout Connection,
        _ body: (_ statement: Int, _ row: borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        do throws(PostgreSQLError) {
            try connection.batch(look + opening + statements + end, deadline: deadline) {
                (index: Int, row: borrowing Row) throws(PostgreSQLError) in
                let statement = index - look.count - opening.count
                if statements.indices.contains(statement) { try body(statement, row) }
            }
        } catch {
            let error = error.counted(from: look.count)
            if !opening.isEmpty { try checkServer(after: error, over: &connection) }
            throw error
        }
    }

    /// Finds out whether a transaction failed because it is on another server than it should be.
    ///
    /// - Throws: `PostgreSQLError.elsewhere`, or that the connection is lost where the server was started again.
    private func checkServer(
        after error: PostgreSQLError, over connection: inout Connection
    ) throws(PostgreSQLError) {
        guard let known = preamble.server else { return }
        if preamble.hasLostSnapshot(error), connection.isAlive {
            var current = preamble
            current.snapshot = nil
            try ReadTransaction(current).run([], over: &connection) { _, _ in }
        }
        guard preamble.isElsewhere(error) else { return }
        guard connection.isAlive else { throw .elsewhere }
        var anywhere = preamble
        (anywhere.server, anywhere.snapshot) = (nil, nil)
        var isRestarted = false
        try ReadTransaction(anywhere).run([Statement(KnownServer.Answer.query)], over: &connection) {
            (_: Int, row: borrowing Row) throws(PostgreSQLError) in
            isRestarted = known.isRestarted(as: try KnownServer.Answer(row))
        }
        throw isRestarted ? .connectionLost(reason: "the server was started again") : .elsewhere
    }
}

extension PostgreSQLError {
    private static let reasonOfElsewhere = "it leads to another server than before"

    /// A transaction is on another server than it has to be: its connection is of no use.
    static let elsewhere = PostgreSQLError.connectionLost(reason: reasonOfElsewhere)

    /// Whether it is ``elsewhere``.
    var isElsewhere: Bool {
        guard case .connectionLost(let reason) = self else { return false }
        return reason.utf8.elementsEqual(Self.reasonOfElsewhere.utf8)
    }

    /// Whether trying again can help: a wrong password never becomes right.
    var isTemporary: Bool {
        if case .cancelled = self { return false }
        guard !isConnectionLost, let state = sqlState else { return true }
        // 40 is a conflict with recovery on a replica.
        return ["08", "40", "53", "57"].contains { state.sqlClass.utf8.elementsEqual($0.utf8) }
    }
}
