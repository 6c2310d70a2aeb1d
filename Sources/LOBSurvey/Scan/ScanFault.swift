import LOBProfile
import PostgreSQLClient

/// What an error during a scan means for the work that met it.
enum ScanFault {
    /// Open a new connection and do the same again.
    case reconnect
    /// Another session holds a lock: try again at the end.
    case waitForLock
    /// Do the same again, in halves where there are any: the replica cancelled it.
    case again
    /// Too much for one statement: do it in halves.
    case halve(Unmeasured.Reason)
    /// The table is no longer the planned one.
    case changed
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
        guard let state = error.sqlState, !error.isConnectionLost else {
            self = error.isConnectionLost ? .reconnect : .giveUp(.serverError)
            return
        }
        switch state {
        case .lockNotAvailable: self = .waitForLock
        case .serializationFailure, .deadlockDetected: self = .again
        case .queryCanceled: self = .halve(.statementTimeout)
        case .undefinedTable, .undefinedColumn, .invalidSchemaName: self = .changed
        case .insufficientPrivilege: self = .giveUp(.permissionDenied)
        // A materialized view WITH NO DATA, or a table that became a view since the plan.
        case .objectNotInPrerequisiteState: self = .giveUp(.notPopulated)
        default: self = Self.byClass(state)
        }
    }

    private static func byClass(_ state: SQLState) -> ScanFault {
        switch state.sqlClass {
        // Damaged pages and TOAST, storage that cannot be read, values that cannot be turned into text.
        case "XX", "58", "22": return .halve(.damaged)
        // Text over 1 GB, out of memory.
        case "54", "53": return .halve(.tooLarge)
        default: return .giveUp(.serverError)
        }
    }
}
