internal import CLibPQ

extension Connection {
    /// Runs several statements in one round trip, one after the other; after an error the rest is not run.
    ///
    /// Meant for `BEGIN READ ONLY`, settings, a query and `COMMIT`. After any failure an open transaction is
    /// rolled back, and the connection stays usable unless the error says that it is lost.
    ///
    /// - Parameters:
    ///   - deadline: for all statements together; nil waits.
    ///   - body: gets each row with the position of its statement, from 0.
    /// - Throws: the first error; the statement is in `ServerError.statementIndex`.
    public mutating func batch(
        _ statements: [Statement], deadline: Duration? = nil,
        _ body: (_ statement: Int, _ row: borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        let deadline = try begin(deadline)
        guard unsafe PQenterPipelineMode(handle) == 1 else {
            throw .protocolViolation("batch while another statement is running")
        }
        do throws(PostgreSQLError) {
            try queue(statements)
            try flush(deadline)
            for index in statements.indices {
                _ = unsafe PQsetSingleRowMode(handle)
                try stream(statement: index, deadline) { (row: borrowing Row) throws(PostgreSQLError) in
                    try body(index, row)
                }
            }
            try expectSync(deadline)
            try leaveBatch()
        } catch {
            throw settle(after: error, rollingBack: true)
        }
    }

    /// Ends an open transaction, also in a task that was cancelled.
    ///
    /// - Throws: an error if the connection is lost; it is closed then.
    public mutating func rollback() throws(PostgreSQLError) {
        guard isAlive else { throw .connectionLost(reason: "it is closed") }
        let deadline = Deadline(.seconds(5), heedsCancellation: false)
        do throws(PostgreSQLError) {
            try send(Statement("ROLLBACK"))
            try flush(deadline)
            try stream(statement: nil, deadline) { (_: borrowing Row) throws(PostgreSQLError) in }
        } catch {
            abandon()
            throw error
        }
    }

    private borrowing func queue(_ statements: [Statement]) throws(PostgreSQLError) {
        // Also after a statement that cannot be sent, so that the ones before it come to an end.
        defer { _ = unsafe PQpipelineSync(handle) }
        for statement in statements { try send(statement) }
    }

    private borrowing func expectSync(_ deadline: Deadline) throws(PostgreSQLError) {
        guard let answer = try nextAnswer(deadline) else {
            throw .protocolViolation("batch without an end")
        }
        guard answer.status == PGRES_PIPELINE_SYNC else { throw failure(answer, statement: nil) }
    }

    borrowing func leaveBatch() throws(PostgreSQLError) {
        guard unsafe PQexitPipelineMode(handle) == 1 else {
            throw .protocolViolation("batch has answers left")
        }
    }
}
