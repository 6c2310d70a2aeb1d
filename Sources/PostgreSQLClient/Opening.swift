internal import CLibPQ

/// Opens connections without ever blocking on the network for longer than the time given.
///
/// Only the look-up of a host name is up to the system's resolver.
enum Opening {
    /// - Returns: a connection that is ready, not blocking, and silent about notices.
    static func open(
        _ conninfo: Conninfo, applicationName: String, connectTimeout: Duration
    ) throws(PostgreSQLError) -> OpaquePointer {
        let settings = SessionSettings(
            conninfo, applicationName: applicationName, connectTimeout: connectTimeout)
        guard let connection = unsafe ConninfoOptions.start(settings.options) else {
            throw .connect(reason: "libpq has no memory for a connection", hint: nil, sqlState: nil)
        }
        do throws(PostgreSQLError) {
            unsafe try establish(connection, settings)
            return unsafe connection
        } catch {
            unsafe PQfinish(connection)
            throw error
        }
    }

    private static func establish(_ connection: OpaquePointer, _ settings: SessionSettings)
        throws(PostgreSQLError)
    {
        // Verbose messages carry the SQLSTATE, the only part of a refusal that is not prose.
        unsafe PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
        unsafe PQsetNoticeProcessor(connection, { _, _ in }, nil)
        guard unsafe PQstatus(connection) != CONNECTION_BAD else {
            throw unsafe ConnectFailure(connection, settings).error
        }
        var progress = unsafe ConnectProgress(connection, settings.timeout)
        while true {
            switch unsafe try progress.step(connection) {
            case PGRES_POLLING_OK: return unsafe try prepare(connection)
            case PGRES_POLLING_FAILED:
                throw unsafe ConnectFailure(connection, settings, timedOut: progress.timedOut).error
            default: continue
            }
        }
    }

    private static func prepare(_ connection: OpaquePointer) throws(PostgreSQLError) {
        unsafe PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
        guard unsafe PQprotocolVersion(connection) >= 3, unsafe PQserverVersion(connection) >= 90600 else {
            throw .connect(
                reason: "server is older than PostgreSQL 9.6", hint: "connect to PostgreSQL 9.6 or later",
                sqlState: nil)
        }
        guard unsafe PQsetnonblocking(connection, 1) == 0 else {
            throw .connect(reason: "connection cannot be made non-blocking", hint: nil, sqlState: nil)
        }
    }
}

/// The state of `PQconnectPoll`, with a deadline for each address that libpq tries.
private struct ConnectProgress {
    private let timeout: Duration
    private var deadline: Deadline
    private var address: [UInt8]
    private var wanted: Socket.Events = .writable
    /// The last address that was given up.
    private var abandoned: [UInt8]?
    /// Whether the address tried last did not answer in time.
    var timedOut: Bool { abandoned == address }

    init(_ connection: OpaquePointer, _ timeout: Duration) {
        self.timeout = timeout
        deadline = Deadline(timeout)
        address = unsafe Self.address(of: connection)
    }

    mutating func step(_ connection: OpaquePointer) throws(PostgreSQLError) -> PostgresPollingStatusType {
        do throws(PostgreSQLError) {
            _ = try Socket.wait(unsafe PQsocket(connection), for: wanted, deadline)
        } catch .deadlineExceeded {
            guard !timedOut else { return PGRES_POLLING_FAILED }
            // libpq sees the reset and goes on to the next address, with its own rules for several hosts.
            abandoned = address
            Socket.abandon(unsafe PQsocket(connection))
            deadline = Deadline(.milliseconds(500))
        } catch {
            throw error
        }
        let status = unsafe PQconnectPoll(connection)
        wanted = status == PGRES_POLLING_READING ? .readable : .writable
        let current = unsafe Self.address(of: connection)
        if status != PGRES_POLLING_FAILED, current != address {
            address = current
            deadline = Deadline(timeout)
        }
        return status
    }

    private static func address(of connection: OpaquePointer) -> [UInt8] {
        unsafe CText.bytes(PQhost(connection)) + [0] + CText.bytes(PQhostaddr(connection)) + [0]
            + CText.bytes(PQport(connection)) + [0] + Array(String(PQsocket(connection)).utf8)
    }
}
