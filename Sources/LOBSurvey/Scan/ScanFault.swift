import LOBProfile
import PostgreSQLClient

/// What an error during a scan means for the work that met it.
enum ScanFault {
    /// Open a new connection and do the same again.
    case reconnect
    /// Another session holds a lock: try again at the end.
    case waitForLock
    /// Do the same again: the replica cancelled it.
    case again
    /// Too much for one statement: do it in halves.
    case halve(Unmeasured.Reason)
    /// The table cannot be measured.
    case giveUp(Unmeasured.Reason)
    /// We were asked to stop.
    case stop

    /// Reads an error.
    init(_ error: PostgreSQLError) {
        if case .cancelled = error {
            self = .stop
            return
        }
        guard let state = error.sqlState else {
            self = error.isConnectionLost ? .reconnect : .giveUp(.serverError)
            return
        }
        switch state {
        case .lockNotAvailable: self = .waitForLock
        case .serializationFailure: self = .again
        case .queryCanceled: self = .halve(.statementTimeout)
        case .undefinedTable, .undefinedColumn, .invalidSchemaName: self = .giveUp(.dropped)
        case .insufficientPrivilege: self = .giveUp(.permissionDenied)
        default: self = Self.byClass(state, error)
        }
    }

    private static func byClass(_ state: SQLState, _ error: PostgreSQLError) -> ScanFault {
        if error.isConnectionLost { return .reconnect }
        switch state.sqlClass {
        // Damaged pages and TOAST, values that cannot be turned into text, values over 1 GB, out of memory.
        case "XX", "22", "54", "53": return .halve(.damaged)
        default: return .giveUp(.serverError)
        }
    }
}
