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
        case hidden, textFailed, otherServer, crashed, foreignCode, emptied, poolTooSmall, poolOfStatements,
            foreignServer
        case virtualColumn, unexplained, unlogged, outOfScope, noBound

        /// The reason in words.
        public var text: String {
            switch self {
            case .permissionDenied: "permission denied"
            case .rowSecurity: "row security hides rows from this role"
            case .lockTimeout: "locked by another session"
            case .statementTimeout: "statement timeout"
            case .dropped: "dropped during the run"
            case .changed: "rewritten or altered during the run"
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
            case .hidden: "holds rows that a plain read of the table does not show"
            case .textFailed: "a value cannot be turned into text"
            case .otherServer: "connections reach different servers"
            case .crashed: "the server crashed while it was read"
            case .foreignCode: "reading it may run code of its owner with the rights of this role"
            case .emptied: "emptied by a crash of the server: the table is unlogged"
            case .poolTooSmall: "too few connections"
            case .poolOfStatements: "the pooler refuses transactions (statement pooling)"
            case .foreignServer: "the other server refuses"
            case .virtualColumn: "a virtual generated column, which has no stored value"
            case .unexplained: "altered while the catalog was read, or missed by lobscope"
            case .unlogged: "unlogged: a replica does not have its rows"
            case .outOfScope:
                "out of scope, and read with the table that it inherits from or is a partition of"
            case .tooLarge: "text of the value is too large for the server"
            case .noBound: "nothing outside of its rows bounds its sizes"
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
        case .permissionDenied where relation == nil:
            "grant SELECT on pg_catalog.pg_largeobject, or on each object (GRANT SELECT ON LARGE OBJECT), or membership "
                + "of pg_read_all_data (PostgreSQL 14 and later) or of the roles that own them"
        case .permissionDenied: "grant SELECT on the table, or membership of pg_read_all_data"
        case .rowSecurity: "run as a role with BYPASSRLS or as the table's owner"
        case .lockTimeout: "run again when the other session has finished"
        case .statementTimeout: "run again with a longer --statement-timeout"
        case .dropped, .changed, .serverError: "run again"
        case .interrupted, .connectionLost: "resume: lobscope profile --resume with this report folder"
        case .damaged where relation == nil: "check pg_largeobject with pg_amcheck; the rest was measured"
        case .damaged: "check the table with pg_amcheck; the rest of it was measured"
        case .replicaConflict: "run again, or against the primary"
        case .foreignTable: "profile the server that holds the data, or add --foreign-tables"
        case .unsupportedAccessMethod: "use --method full"
        case .notPopulated: "REFRESH MATERIALIZED VIEW, then run again"
        case .snapshotLost: "run again, or without --consistent"
        case .timeBudget: "resume: lobscope profile --resume with this report folder"
        case .pausedTooLong:
            "resume when the server is less busy: lobscope profile --resume with this report folder"
        case .temporary: "run again when that session has ended"
        case .hidden: "an extension keeps its rows elsewhere: measure those tables, or leave this one out"
        case .textFailed:
            "correct or remove the value: DMS cannot read it either; the rest of the table was measured"
        case .otherServer: "name one server instead of an endpoint that spreads connections over several"
        case .crashed:
            "find the value or extension that crashes the server in its log before profiling the table again"
        case .foreignCode:
            "profile as a role that may only read, or add --trust-owners where the owner is trusted"
        case .emptied: "fill it again, then run again"
        case .poolTooSmall:
            "allow more connections in the pool (pool_size) or for the role (CONNECTION LIMIT), lower --jobs, or connect to the server itself"
        case .poolOfStatements: "connect to the server itself, or to a pool in transaction or session mode"
        case .foreignServer:
            "see what the other server says, and correct the foreign table or its user mapping"
        case .virtualColumn: "nothing to do: it is computed from other columns whenever it is read"
        case .unexplained: "run again; if it stays, please report it with the types of the table's columns"
        case .unlogged: "profile the primary"
        case .outOfScope: "widen the scope (--table, --schema, --exclude-table) to all parts of the table"
        case .noBound: "use --method full, or auto"
        case .tooLarge: "shorten the value: no client can read it; the rest of the table was measured"
        }
    }
}
