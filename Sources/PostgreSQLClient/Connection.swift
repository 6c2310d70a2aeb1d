internal import CLibPQ

/// Whether a connection is in a transaction.
public enum TransactionStatus: Sendable {
    /// No transaction is open.
    case idle
    /// A statement is running.
    case active
    /// A transaction is open.
    case inTransaction
    /// A transaction is open and has failed; only ROLLBACK is of use.
    case inError
    /// The connection is lost.
    case unknown
}

/// One session with a PostgreSQL server, 9.6 to 18, over libpq.
///
/// Used by one thread at a time, by whichever task owns it; cancelling that task ends its statement. No call waits
/// longer than its deadline, and none holds a whole result in memory. It is closed when it goes out of scope.
///
/// It may be handed to another thread: libpq keeps nothing of a session in the thread that opened it, and there is
/// never a second owner.
@safe public struct Connection: ~Copyable, @unchecked Sendable {
    let handle: OpaquePointer
    /// Set when the state of the protocol is not known any more; nothing is sent after that.
    var isAbandoned = false

    /// Connects, and asks for UTF-8 and for probes that find a dead link within 10 seconds.
    ///
    /// - Parameters:
    ///   - applicationName: shown in pg_stat_activity, unless the user chose another.
    ///   - connectTimeout: how long each address may take, unless `connect_timeout` is set.
    /// - Throws: `PostgreSQLError.connect`, or `.cancelled`.
    public init(
        _ conninfo: Conninfo, applicationName: String, connectTimeout: Duration = .seconds(10)
    ) throws(PostgreSQLError) {
        let opened = unsafe try Opening.open(
            conninfo, applicationName: applicationName, connectTimeout: connectTimeout)
        unsafe handle = unsafe opened
    }

    deinit { unsafe PQfinish(handle) }

    /// Whether statements can be sent; a link that died unnoticed is found only by the next statement.
    public var isAlive: Bool { unsafe !isAbandoned && PQstatus(handle) == CONNECTION_OK }

    /// Whether a transaction is open.
    public var transactionStatus: TransactionStatus {
        guard isAlive else { return .unknown }
        return switch unsafe PQtransactionStatus(handle) {
        case PQTRANS_IDLE: .idle
        case PQTRANS_ACTIVE: .active
        case PQTRANS_INTRANS: .inTransaction
        case PQTRANS_INERROR: .inError
        default: .unknown
        }
    }

    /// A handle to cancel this connection's statements from any thread.
    public borrowing func canceller() -> Canceller { unsafe Canceller(handle) }
}

extension Connection {
    /// The server's version, for example 150018 for 15.18 and 90624 for 9.6.24.
    public var serverVersion: Int { Int(unsafe PQserverVersion(handle)) }

    /// The process id of the session on the server.
    public var backendPID: Int32 { unsafe PQbackendPID(handle) }

    /// The encoding of the database, for example `UTF8`.
    public var serverEncoding: String { parameterStatus("server_encoding") ?? "" }

    /// A setting that the server reports by itself, such as `in_hot_standby` (14 and later); nil if it does not.
    public func parameterStatus(_ name: String) -> String? {
        guard let value = unsafe PQparameterStatus(handle, name) else { return nil }
        return unsafe CText.visible(value)
    }

    /// Where the connection leads, and how it is protected.
    public var link: Link { unsafe Link(handle) }

    /// Whether the connection is encrypted with TLS.
    public var isTLS: Bool { unsafe PQsslInUse(handle) == 1 }
}
