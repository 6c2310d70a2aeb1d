/// Something that was planned and not measured.
///
/// One of these makes a profile partial.
public struct Unmeasured: Hashable, Sendable, Codable {
    /// What it concerns; nil for the large objects of the database.
    public let relation: RelationName?
    /// The column, where only one is concerned.
    public let column: Identifier?
    public let reason: Reason
    /// Anything that narrows it down, such as the blocks concerned or the SQLSTATE; no row contents.
    public let detail: String?

    /// Why something could not be measured.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        case permissionDenied, rowSecurity, lockTimeout, statementTimeout, dropped, changed, damaged
        case replicaConflict, connectionLost, interrupted, foreignTable, unsupportedAccessMethod, serverError
        case notPopulated, tooLarge, timeBudget, pausedTooLong, snapshotLost, temporary

        /// The reason in words.
        public var text: String {
            switch self {
            case .permissionDenied: "permission denied"
            case .rowSecurity: "row security hides rows from this role"
            case .lockTimeout: "locked by another session"
            case .statementTimeout: "statement timeout"
            case .dropped: "dropped while the survey ran"
            case .changed: "rewritten or altered while the survey ran"
            case .damaged: "damaged data"
            case .replicaConflict: "conflict with recovery on the replica"
            case .connectionLost: "connection lost"
            case .interrupted: "interrupted before it was measured"
            case .foreignTable: "foreign table: the data is on another server"
            case .unsupportedAccessMethod: "the table access method cannot be sampled"
            case .serverError: "server error"
            case .notPopulated: "materialized view was never filled"
            case .timeBudget: "the time budget was used up"
            case .pausedTooLong: "paused for too long"
            case .snapshotLost: "the snapshot of all tables was lost"
            case .temporary: "temporary table of another session"
            case .tooLarge: "text of the value is too large for the server"
            }
        }
    }

    /// Creates an entry.
    public init(relation: RelationName?, column: Identifier? = nil, reason: Reason, detail: String? = nil) {
        self.relation = relation
        self.column = column
        self.reason = reason
        self.detail = detail
    }

    /// What it concerns, for people: `schema.table`, `schema.table.column` or the large objects.
    public var subject: String {
        guard let relation else { return "large objects" }
        return relation.losslessText + (column.map { "." + $0.losslessText } ?? "")
    }

    /// The reason with its detail, for people.
    public var explanation: String {
        detail.map { "\(reason.text) (\($0))" } ?? reason.text
    }

    /// What to do about it.
    public var remedy: String {
        switch reason {
        case .permissionDenied: "grant SELECT on the table, or membership of pg_read_all_data"
        case .rowSecurity: "run as a role with BYPASSRLS or as the table's owner"
        case .lockTimeout: "run again when the other session has finished"
        case .statementTimeout: "run again with a longer --statement-timeout"
        case .dropped, .changed, .serverError: "run again"
        case .interrupted, .connectionLost: "go on with profile --resume and this report folder"
        case .damaged: "check the table with pg_amcheck; the rest of it was measured"
        case .replicaConflict: "run again, or against the primary"
        case .foreignTable: "profile the server that holds the data, or add --foreign-tables"
        case .unsupportedAccessMethod: "use --method full"
        case .notPopulated: "REFRESH MATERIALIZED VIEW, then run again"
        case .snapshotLost: "run again, or without --consistent"
        case .timeBudget: "go on with profile --resume and this report folder"
        case .pausedTooLong: "go on with profile --resume and this report folder when the server is less busy"
        case .temporary: "run again when that session has ended"
        case .tooLarge: "shorten the value: no client can read it; the rest of the table was measured"
        }
    }
}
