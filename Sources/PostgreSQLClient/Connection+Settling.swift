internal import CLibPQ

/// Bringing a connection back to rest after something failed in the middle of an exchange.
extension Connection {
    /// Takes in what is left of the exchange so that the next statement can be sent, or gives the connection up.
    ///
    /// - Returns: the error to throw, which is the one that came in.
    mutating func settle(after error: PostgreSQLError, rollingBack: Bool = false) -> PostgreSQLError {
        switch error {
        case .deadlineExceeded, .connectionLost:
            abandonStatement()
        case .server(let error) where error.severity != .error:
            abandon()
        case .server:
            // The statement has ended by itself: a request to cancel could hit the next one.
            finish(Deadline(.seconds(5), heedsCancellation: false), rollingBack: rollingBack)
        case .cancelled:
            cancelAndFinish(rollingBack: rollingBack)
        default:
            if !drains(Deadline(.milliseconds(50), heedsCancellation: false)) {
                cancelAndFinish(rollingBack: rollingBack)
            } else {
                finish(Deadline(.seconds(5), heedsCancellation: false), rollingBack: rollingBack)
            }
        }
        return error
    }

    private mutating func cancelAndFinish(rollingBack: Bool) {
        guard isAlive else { return abandon() }
        do throws(PostgreSQLError) {
            try canceller().cancel(within: .seconds(3))
        } catch {
            return abandon()
        }
        finish(Deadline(.seconds(5), heedsCancellation: false), rollingBack: rollingBack)
    }

    private mutating func finish(_ deadline: Deadline, rollingBack: Bool) {
        guard drains(deadline), isAlive else { return abandon() }
        guard rollingBack, transactionStatus != .idle else { return }
        do throws(PostgreSQLError) { try rollback() } catch { abandon() }
    }

    /// Discards answers until the server waits for the next statement; false if it does not get there.
    private mutating func drains(_ deadline: Deadline) -> Bool {
        do throws(PostgreSQLError) {
            try flush(deadline)
            if unsafe PQpipelineStatus(handle) == PQ_PIPELINE_OFF {
                while let answer = try nextAnswer(deadline) { try discard(answer, deadline) }
            } else {
                try discardBatch(deadline)
            }
            return isAlive && (transactionStatus != .active)
        } catch {
            return false
        }
    }

    private borrowing func discardBatch(_ deadline: Deadline) throws(PostgreSQLError) {
        // Each statement ends with nil; the batch ends with its sync.
        while unsafe PQstatus(handle) == CONNECTION_OK {
            try deadline.check()
            guard let answer = try nextAnswer(deadline) else {
                _ = unsafe PQsetSingleRowMode(handle)
                continue
            }
            if answer.status == PGRES_PIPELINE_SYNC { return try leaveBatch() }
            try discard(answer, deadline)
        }
    }

    private borrowing func discard(_ answer: borrowing Answer, _ deadline: Deadline) throws(PostgreSQLError) {
        try deadline.check()
        switch answer.status {
        case PGRES_COPY_OUT:
            while try nextCopyMessage(deadline) != nil {}
        case PGRES_COPY_IN, PGRES_COPY_BOTH:
            throw .protocolViolation("COPY from the client")
        default: return
        }
    }

    /// Asks the server to stop, without waiting, and gives the connection up.
    private mutating func abandonStatement() {
        if unsafe PQtransactionStatus(handle) == PQTRANS_ACTIVE { canceller().cancelInBackground() }
        abandon()
    }

    /// Gives the connection up: nothing can be sent any more, and the server sees it closed.
    mutating func abandon() {
        isAbandoned = true
        Socket.abandon(unsafe PQsocket(handle))
    }
}
