import PostgreSQLClient
import Synchronization

/// The connection of a transaction that stays open until somebody ends it.
final class OpenTransaction: Sendable {
    private let connection: Mutex<Connection?>
    private let spare: SpareConnection

    /// Takes over a connection with an open transaction; it is spare afterwards.
    init(_ connection: consuming Connection, spare: SpareConnection) {
        self.connection = Mutex(consume connection)
        self.spare = spare
    }

    /// Ends the transaction; a second time nothing is left to end.
    func end() {
        var taken: Connection?
        connection.withLock { swap(&$0, &taken) }
        guard var open = taken.take() else { return }
        guard (try? open.rollback()) != nil else { return }
        spare.keep(open)
    }
}
