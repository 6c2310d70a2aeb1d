internal import CLibPQ

/// Sending statements and waiting for answers, never in a call of libpq that blocks.
extension Connection {
    /// Checks that a statement can be sent now, and starts its clock.
    borrowing func begin(_ limit: Duration?) throws(PostgreSQLError) -> Deadline {
        guard isAlive else { throw .connectionLost(reason: "it is closed") }
        let deadline = Deadline(limit)
        try deadline.check()
        return deadline
    }

    /// Queues one statement, with results in binary.
    borrowing func send(_ statement: Statement) throws(PostgreSQLError) {
        guard !statement.sql.bytes.contains(0) else {
            throw .protocolViolation("statement contains a NUL byte")
        }
        guard statement.binds.count <= 65535 else {
            throw .protocolViolation("statement has over 65535 values")
        }
        let encoding = BindEncoding(statement.binds)
        let text = statement.sql.bytes + [0]
        let lengths = encoding.ranges.map { Int32(truncatingIfNeeded: $0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: lengths.count)
        let sent = unsafe encoding.bytes.withUnsafeBytes { values -> Int32 in
            let start = unsafe values.bindMemory(to: CChar.self).baseAddress
            let pointers: [UnsafePointer<CChar>?] = unsafe encoding.ranges.map { range in
                guard let range, let start = unsafe start else { return nil }
                return unsafe start + range.lowerBound
            }
            return unsafe text.withUnsafeBytes { text in
                unsafe PQsendQueryParams(
                    handle, text.bindMemory(to: CChar.self).baseAddress, Int32(lengths.count), encoding.types,
                    pointers, lengths, formats, 1)
            }
        }
        guard sent == 1 else { throw lost("statement could not be sent") }
    }

    /// Sends what is queued; reads meanwhile, so that a server that writes first cannot block both sides.
    borrowing func flush(_ deadline: Deadline) throws(PostgreSQLError) {
        while true {
            switch unsafe PQflush(handle) {
            case 0: return
            case 1:
                let ready = try Socket.wait(unsafe PQsocket(handle), for: [.readable, .writable], deadline)
                if ready.contains(.readable) { try read() }
            default: throw lost("statement could not be sent")
            }
        }
    }

    /// The next answer; nil at the end of a statement.
    borrowing func nextAnswer(_ deadline: Deadline) throws(PostgreSQLError) -> Answer? {
        while unsafe PQisBusy(handle) == 1 {
            _ = try Socket.wait(unsafe PQsocket(handle), for: .readable, deadline)
            try read()
        }
        guard let answer = unsafe PQgetResult(handle) else { return nil }
        return unsafe Answer(answer)
    }

    /// Takes in what has arrived.
    ///
    /// A lost connection is not reported here but by the next answer: the server may have said why before
    /// it closed.
    borrowing func read() throws(PostgreSQLError) {
        if unsafe PQconsumeInput(handle) == 1 { return }
        if unsafe PQstatus(handle) != CONNECTION_BAD { throw lost("answer could not be read") }
    }

    /// Notices that the server has ended the session while nothing was asked of it.
    ///
    /// - Throws: `PostgreSQLError.connectionLost`; whatever would have been sent next is not to blame for it.
    public borrowing func checkIsOpen() throws(PostgreSQLError) {
        // The first look may find what the server said before it closed, the second the end.
        let isOpen = unsafe PQconsumeInput(handle) == 1 && PQconsumeInput(handle) == 1
        guard isOpen, isAlive else { throw lost("the server closed it") }
    }

    borrowing func lost(_ otherwise: String) -> PostgreSQLError {
        let message = unsafe CText.bytes(PQerrorMessage(handle))
        return .connectionLost(reason: LostReason.text(from: message, otherwise: otherwise))
    }
}
