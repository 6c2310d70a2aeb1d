internal import CLibPQ

extension Connection {
    /// Runs `COPY … TO STDOUT (FORMAT binary)` and hands out its tuples one by one as they arrive.
    ///
    /// If `body` throws, or the task is cancelled, the statement is cancelled and the connection stays usable;
    /// an open transaction stays open.
    ///
    /// - Parameters:
    ///   - sql: the whole COPY statement.
    ///   - deadline: after this time the statement is cancelled and the connection closed; nil waits.
    ///   - maximumRowBytes: the most bytes that one tuple may have.
    public mutating func copyOut(
        _ sql: SQL, deadline: Duration? = nil, maximumRowBytes: Int = 1 << 30,
        _ body: (borrowing CopyRow) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        let deadline = try begin(deadline)
        do throws(PostgreSQLError) {
            try send(Statement(sql))
            try flush(deadline)
            try expectCopy(deadline)
            var stream = CopyStream(maximumRowBytes: maximumRowBytes)
            try receive(&stream, deadline, body)
            try expectEnd(of: stream, deadline)
        } catch {
            throw settle(after: error)
        }
    }

    private borrowing func expectCopy(_ deadline: Deadline) throws(PostgreSQLError) {
        guard let answer = try nextAnswer(deadline) else { throw .protocolViolation("no answer to COPY") }
        guard answer.status == PGRES_COPY_OUT else {
            switch answer.status {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
                throw .protocolViolation("rows or nothing where COPY was expected")
            default: throw failure(answer, statement: nil)
            }
        }
        guard unsafe PQbinaryTuples(answer.handle) == 1 else {
            throw .protocolViolation("COPY is not binary")
        }
    }

    private borrowing func receive(
        _ stream: inout CopyStream, _ deadline: Deadline,
        _ body: (borrowing CopyRow) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        var messages = 0
        while let message = try nextCopyMessage(deadline) {
            messages += 1
            if messages.isMultiple(of: 256) { try deadline.check() }
            guard message.count <= stream.maximumRowBytes else {
                throw .protocolViolation(
                    "row of a COPY stream is larger than \(stream.maximumRowBytes) bytes")
            }
            unsafe try stream.append(message.bytes, body)
        }
    }

    private borrowing func expectEnd(of stream: CopyStream, _ deadline: Deadline) throws(PostgreSQLError) {
        while let answer = try nextAnswer(deadline) {
            guard answer.status == PGRES_COMMAND_OK else { throw failure(answer, statement: nil) }
            guard stream.isComplete else { throw .protocolViolation("COPY stream ended before its trailer") }
            guard answer.announcedRows ?? stream.rowCount == stream.rowCount else {
                throw .protocolViolation("number of rows differs from the number announced")
            }
        }
    }

    /// The next message of a COPY stream; nil at its end.
    borrowing func nextCopyMessage(_ deadline: Deadline) throws(PostgreSQLError) -> CopyMessage? {
        while true {
            var start: UnsafeMutablePointer<CChar>?
            let count = unsafe PQgetCopyData(handle, &start, 1)
            switch count {
            case 1...: return unsafe start.map { unsafe CopyMessage($0, count: Int(count)) }
            case 0:
                _ = try Socket.wait(unsafe PQsocket(handle), for: .readable, deadline)
                try read()
                guard unsafe PQstatus(handle) == CONNECTION_OK else { return nil }
            case -1: return nil
            default: throw lost("COPY stream could not be read")
            }
        }
    }
}

/// The bytes of one message of a COPY stream; freed when it goes out of scope.
@safe struct CopyMessage: ~Copyable {
    private let start: UnsafeMutablePointer<CChar>
    let count: Int

    init(_ start: UnsafeMutablePointer<CChar>, count: Int) {
        unsafe self.start = unsafe start
        self.count = count
    }

    deinit { unsafe PQfreemem(start) }

    var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: start, count: count) }
}
