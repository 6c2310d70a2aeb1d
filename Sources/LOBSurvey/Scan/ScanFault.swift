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
    /// Too much for one statement, or a part of it cannot be read: do it in halves.
    case halve(Unmeasured.Reason)
    /// The table is no longer the planned one.
    case changed
    /// The table cannot be measured.
    case giveUp(Unmeasured.Reason)
    /// We were asked to stop.
    case stop

    /// Reads an error.
    ///
    /// - Parameter isForeign: whether the rows are on another server, whose errors say nothing about ours.
    init(_ error: PostgreSQLError, isForeign: Bool = false) {
        if case .cancelled = error {
            self = .stop
            return
        }
        guard case .server(let server) = error, !error.isConnectionLost else {
            self = error.isConnectionLost ? .reconnect : .giveUp(.serverError)
            return
        }
        switch server.sqlState {
        case .lockNotAvailable: self = .waitForLock
        case .serializationFailure, .deadlockDetected: self = .again
        case .queryCanceled: self = .halve(.statementTimeout)
        case .undefinedTable, .undefinedColumn, .invalidSchemaName:
            self = isForeign ? .giveUp(.foreignServer) : .changed
        case .insufficientPrivilege: self = .giveUp(.permissionDenied)
        // A materialized view WITH NO DATA, or a table that became a view since the plan.
        case .objectNotInPrerequisiteState: self = .giveUp(.notPopulated)
        case .dataCorrupted, .indexCorrupted: self = .halve(.damaged)
        case .internalError: self = .halve(Self.internalFault(server))
        default: self = Self.byClass(server.sqlState, isForeign: isForeign)
        }
    }

    /// Of XX000 only the message tells: text over 1 GB fails where its memory is asked for.
    private static func internalFault(_ error: ServerError) -> Unmeasured.Reason {
        error.message.utf8.starts(with: "invalid memory alloc request size".utf8) ? .tooLarge : .serverError
    }

    private static func byClass(_ state: SQLState, isForeign: Bool) -> ScanFault {
        switch state.sqlClass {
        // A value that cannot be turned into text; of a foreign table also what the other server sent.
        case "22": return isForeign ? .giveUp(.textFailed) : .halve(.textFailed)
        // Storage that cannot be read.
        case "58": return .halve(.damaged)
        // Text over 1 GB, out of memory.
        case "54", "53": return .halve(.tooLarge)
        case "42" where isForeign: return .giveUp(.foreignServer)
        default: return .giveUp(.serverError)
        }
    }
}
