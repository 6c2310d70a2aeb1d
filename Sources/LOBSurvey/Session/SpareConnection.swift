import PostgreSQLClient
import Synchronization

/// A connection that one part of a survey is done with, for the next part that needs one: each costs the server a
/// process, and us the time until that is ready.
final class SpareConnection: Sendable {
    private let spare = Mutex<Connection?>(nil)

    /// Keeps a connection, unless it is of no use any more, or one is kept already.
    func keep(_ connection: consuming Connection) {
        guard connection.transactionStatus == .idle else { return }
        var kept: Connection? = consume connection
        spare.withLock { spare in
            if spare == nil { swap(&spare, &kept) }
        }
    }

    /// The connection that is kept, or a new one; the one that is kept may have been lost unnoticed.
    ///
    /// - Throws: `PostgreSQLError` when the server refuses.
    func take(or conninfo: Conninfo) throws(PostgreSQLError) -> Connection {
        var kept: Connection?
        spare.withLock { swap(&$0, &kept) }
        if let kept { return kept }
        return try ServerSession.connect(conninfo)
    }
}
