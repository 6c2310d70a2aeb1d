internal import CLibPQ

extension Connection {
    /// Runs one statement and ignores its rows.
    ///
    /// - Parameter deadline: after this time the statement is cancelled and the connection closed; nil waits.
    public mutating func execute(
        _ sql: SQL, _ binds: [Bind] = [], deadline: Duration? = nil
    ) throws(PostgreSQLError) {
        try rows(sql, binds, deadline: deadline) { (_: borrowing Row) throws(PostgreSQLError) in }
    }

    /// Runs one statement and hands out its rows one by one as they arrive.
    ///
    /// If `body` throws, or the task is cancelled, the statement is cancelled and the connection stays usable;
    /// an open transaction stays open.
    ///
    /// - Parameter deadline: after this time the statement is cancelled and the connection closed; nil waits.
    public mutating func rows(
        _ sql: SQL, _ binds: [Bind] = [], deadline: Duration? = nil,
        _ body: (borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        let deadline = try begin(deadline)
        do throws(PostgreSQLError) {
            try send(Statement(sql, binds))
            _ = unsafe PQsetSingleRowMode(handle)
            try flush(deadline)
            try stream(statement: nil, deadline, body)
        } catch {
            throw settle(after: error)
        }
    }

    /// Hands out the rows of the statement that is being answered, up to its end.
    borrowing func stream(
        statement: Int?, _ deadline: Deadline, _ body: (borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        var count: UInt64 = 0
        while let answer = try nextAnswer(deadline) {
            switch answer.status {
            case PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK:
                let rows = unsafe PQntuples(answer.handle)
                for index in 0..<rows {
                    count += 1
                    // Rows that are already here need no waiting, so nobody else looks at the clock.
                    if count.isMultiple(of: 256) { try deadline.check() }
                    let row = unsafe Row(result: answer.handle, index: index)
                    try body(row)
                }
                guard answer.announcedRows ?? count == count else {
                    throw .protocolViolation("number of rows differs from the number announced")
                }
            case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: continue
            default: throw failure(answer, statement: statement)
            }
        }
    }

    /// The error that an answer means which is neither a row nor success.
    borrowing func failure(_ answer: borrowing Answer, statement: Int?) -> PostgreSQLError {
        switch answer.status {
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            .protocolViolation("COPY where rows were expected")
        case PGRES_PIPELINE_ABORTED, PGRES_PIPELINE_SYNC:
            .protocolViolation("end of a batch before all its answers")
        default:
            unsafe answer.error(statement: statement, connectionIsBad: PQstatus(handle) == CONNECTION_BAD)
        }
    }
}
