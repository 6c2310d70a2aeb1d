import LOBProfile
import PostgreSQLClient

/// Reading tables: each statement between the checks that its table is the planned one, and all behind a look at whose code
/// would run.
extension ReadTransaction {
    /// A statement that reads a table.
    struct Reading {
        let statement: Statement
        let identity: IdentityCheck
        /// What else it reads.
        let descendants: CodeWatch.Descendants

        /// - Parameter descendants: what else it reads, where that is not what the table is always read with.
        init(
            _ statement: SQL, _ binds: [Bind] = [], of identity: IdentityCheck,
            with descendants: CodeWatch.Descendants? = nil
        ) {
            self.statement = Statement(statement, binds)
            self.identity = identity
            self.descendants = descendants ?? identity.descendants
        }
    }

    /// Whether the table has its name yet, and the reading itself.
    private static let statementsOfReading = 2

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
        let identities = readings.map(\.identity)
        var statements = first.map { [$0] } ?? []
        let assertion = statements.count
        statements.append(try IdentityCheck.assertion(of: identities))
        for reading in readings { statements += [try reading.identity.isNamed(), reading.statement] }
        statements.append(try IdentityCheck.areStillNamed(identities))
        var isSame: [Bool] = []
        do throws(PostgreSQLError) {
            try sendWatched(
                readings.map { ($0.identity, $0.descendants) }, statements, [Self.commit], over: &connection
            ) {
                (index: Int, row: borrowing Row) throws(PostgreSQLError) in
                guard index > assertion else { return index < assertion ? try body(nil, row) : () }
                let (reading, step) = (index - assertion - 1).quotientAndRemainder(
                    dividingBy: Self.statementsOfReading)
                if reading == readings.count {
                    isSame.append(try row.bool(0))
                } else if step == 1 {
                    try body(reading, row)
                }
            }
        } catch {
            guard readings.count == 1,
                (assertion...assertion + 1).contains(where: {
                    IdentityCheck.hasFailed(error, at: opening.count + $0)
                }) || CodeWatch.hasSeenSomething(error)
            else { throw error }
            return [false]
        }
        guard isSame.count == readings.count else { throw .protocolViolation("no row about a table") }
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
            try sendWatched(
                [(identity, identity.descendants)], [try IdentityCheck.assertion(of: [identity])], [],
                within: frameDeadline,
                over: &connection
            ) { _, _ in }
            try connection.copyOut(statement, deadline: deadline, body)
            try send(
                [], [try IdentityCheck.areStillNamed([identity])], [Self.commit], within: frameDeadline,
                over: &connection
            ) { (_: Int, row: borrowing Row) throws(PostgreSQLError) in isSame = try row.bool(0) }
        } catch {
            if connection.isAlive { try connection.rollback() }
            guard IdentityCheck.hasFailed(error, at: opening.count) || CodeWatch.hasSeenSomething(error)
            else { throw error }
            return false
        }
        return isSame
    }

    /// How often a look may find something new that is harmless.
    private static let looks = 5

    /// Sends a transaction that reads tables behind a look at what was planted at them; where that is harmless, once more.
    ///
    /// - Throws: `PostgreSQLError`; where code of others would run, that of the look, and nothing was read.
    private func sendWatched(
        _ tables: [(identity: IdentityCheck, descendants: CodeWatch.Descendants)], _ statements: [Statement],
        _ end: [Statement], within limit: Duration? = nil, over connection: inout Connection,
        _ body: (_ statement: Int, _ row: borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        let limit = limit ?? deadline
        guard let code = preamble.code else {
            return try send(opening, statements, end, within: limit, over: &connection, body)
        }
        let oids = tables.map(\.identity.relation.oid)
        let descendants = tables.map(\.descendants).first { $0 != .none } ?? .none
        for attempt in 1...Self.looks {
            do throws(PostgreSQLError) {
                return try send(
                    behind: code.statements(of: oids, with: descendants), opening, statements, end,
                    within: limit,
                    over: &connection, body)
            } catch {
                guard CodeWatch.hasSeenSomething(error), attempt < Self.looks else { throw error }
                guard try code.look(preamble, over: &connection),
                    !oids.contains(where: { code.refusal(of: $0) != nil })
                else { throw error }
            }
        }
    }
}
