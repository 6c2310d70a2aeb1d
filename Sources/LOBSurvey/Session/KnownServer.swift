import PostgreSQLClient
import Synchronization

/// The server that a survey began with, and that each of its transactions proves to be on: a pooler or an endpoint may lead
/// each connection, or each transaction, to another one.
final class KnownServer: Sendable {
    /// What a server says of itself.
    struct Answer: Sendable {
        /// `pg_postmaster_start_time()` in microseconds since 1970 (UTC).
        let startedAt: Int64
        /// Its clock, in microseconds since 1970 (UTC).
        let now: Int64
        /// The address and port that it listens on, as far as it tells.
        let place: String

        /// One row.
        static let query: SQL = """
            SELECT \(ServerIdentity.startedAtSQL), \(ServerIdentity.microseconds("pg_catalog.clock_timestamp()")),
                   pg_catalog.concat(pg_catalog.inet_server_addr(), ' ', pg_catalog.current_setting('port'))
            """

        /// Reads a row.
        init(_ row: borrowing Row) throws(PostgreSQLError) {
            (startedAt, now, place) = (try row.int64(0), try row.int64(1), try row.text(2))
        }
    }

    private let first: Answer
    private let current: Mutex<Int64>

    init(_ answer: Answer) {
        first = answer
        current = Mutex(answer.startedAt)
    }

    /// `pg_postmaster_start_time()` of the server as it runs now, in microseconds since 1970 (UTC).
    var startedAt: Int64 { current.withLock(\.self) }

    /// Whether an answer comes from the same server, which was started again since the survey began; it is the known one then.
    func isRestarted(as answer: Answer) -> Bool {
        guard answer.place.utf8.elementsEqual(first.place.utf8), answer.startedAt > first.now else {
            return false
        }
        current.withLock { $0 = max($0, answer.startedAt) }
        return true
    }
}
