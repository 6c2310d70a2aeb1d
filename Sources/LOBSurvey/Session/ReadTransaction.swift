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

    private static let commit = Statement("COMMIT")

    private var opening: [Statement] { preamble.statements() + settings.map { Statement($0) } }

    /// What the server needs to answer, cancelling included, beyond what a statement may take.
    private var deadline: Duration { preamble.statementTimeout + .seconds(5) }

    /// What the frame of a long statement may take.
    private var frameDeadline: Duration { min(deadline, .seconds(60)) }

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

    private func send(
        _ opening: [Statement], _ statements: [Statement], _ end: [Statement], within deadline: Duration,
        over connection: inout Connection,
        _ body: (_ statement: Int, _ row: borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        do throws(PostgreSQLError) {
            try connection.batch(opening + statements + end, deadline: deadline) {
                (index: Int, row: borrowing Row) throws(PostgreSQLError) in
                let statement = index - opening.count
                if statements.indices.contains(statement) { try body(statement, row) }
            }
        } catch {
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
}

/// Reading tables: each statement between the checks that its table is the planned one.
extension ReadTransaction {
    /// A statement that reads a table.
    struct Reading {
        let statement: Statement
        let identity: IdentityCheck

        init(_ statement: SQL, _ binds: [Bind] = [], of identity: IdentityCheck) {
            self.statement = Statement(statement, binds)
            self.identity = identity
        }
    }

    /// The check before, the reading itself, the check behind.
    private static let statementsOfReading = 3

    /// Reads tables and commits.
    ///
    /// - Parameters:
    ///   - first: a statement to run before the readings.
    ///   - body: gets each row with the position of its reading, from 0, or nil for the first statement; what it makes of them
    ///     counts only where the table was the planned one.
    /// - Returns: for each reading whether its table was the planned one, before and behind.
    /// - Throws: `PostgreSQLError`; of several readings also where one of the tables was not the planned one before.
    func read(
        _ readings: [Reading], behind first: Statement? = nil, over connection: inout Connection,
        _ body: (_ reading: Int?, _ row: borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) -> [Bool] {
        var statements = first.map { [$0] } ?? []
        let before = statements.count
        for reading in readings {
            statements += [
                try reading.identity.assertion(), reading.statement, try reading.identity.isStillNamed(),
            ]
        }
        var isSame = readings.map { _ in false }
        do throws(PostgreSQLError) {
            try run(statements, over: &connection) {
                (index: Int, row: borrowing Row) throws(PostgreSQLError) in
                guard index >= before else { return try body(nil, row) }
                let (reading, step) = (index - before).quotientAndRemainder(
                    dividingBy: Self.statementsOfReading)
                if step == 1 { try body(reading, row) }
                if step == 2 { isSame[reading] = try row.bool(0) }
            }
        } catch {
            guard readings.count == 1, IdentityCheck.hasFailed(error, at: opening.count + before)
            else { throw error }
            return [false]
        }
        return isSame
    }

    /// Reads one table; false where it is not the planned one.
    func read(
        _ reading: Reading, over connection: inout Connection,
        _ body: (borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) -> Bool {
        try read([reading], over: &connection) { (_: Int?, row: borrowing Row) throws(PostgreSQLError) in
            try body(row)
        }[0]
    }

    /// Reads one table by COPY, as a whole; false where it is not the planned one.
    ///
    /// - Throws: `PostgreSQLError`; the transaction has ended then.
    func copy(
        _ statement: SQL, of identity: IdentityCheck, over connection: inout Connection,
        _ body: (borrowing CopyRow) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) -> Bool {
        var isSame = false
        do throws(PostgreSQLError) {
            try send(
                opening, [try identity.assertion()], [], within: frameDeadline, over: &connection
            ) { _, _ in }
            try connection.copyOut(statement, deadline: deadline, body)
            try send(
                [], [try identity.isStillNamed()], [Self.commit], within: frameDeadline, over: &connection
            ) { (_: Int, row: borrowing Row) throws(PostgreSQLError) in isSame = try row.bool(0) }
        } catch {
            if connection.isAlive { try connection.rollback() }
            guard IdentityCheck.hasFailed(error, at: opening.count) else { throw error }
            return false
        }
        return isSame
    }
}
