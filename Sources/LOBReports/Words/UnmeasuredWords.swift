public import LOBAdvice

/// What was not measured, in words.
public enum UnmeasuredWords {
    /// Above the list.
    static let known =
        "These were not measured: their sizes are not known, which does not mean that they are empty."

    /// Where there is nothing to list.
    static func nothing(_ profile: Profile) -> String {
        if let emptiness = ScopeText.emptiness(profile) {
            return "Nothing was measured: \(emptiness.message)."
        }
        return "Nothing\(profile.leftOut.isEmpty ? "" : " that was planned"): the profile is complete."
    }

    /// How many tables and other things are in the list, such as `2 tables`.
    static func count(_ profile: Profile) -> String {
        let tables = Set(profile.unmeasured.compactMap(\.relation)).count
        let others = profile.unmeasured.contains { $0.relation == nil }
        return [tables == 0 ? nil : NumberText.counted(tables, "table"), others ? "large objects" : nil]
            .compactMap(\.self).joined(separator: " and ")
    }

    /// The reason with its detail.
    public static func explanation(_ entry: Unmeasured) -> String {
        let reason = Self.reason(entry.reason)
        return entry.detail.map { "\(reason) (\($0))" } ?? reason
    }

    /// A reason in words.
    public static func reason(_ reason: Unmeasured.Reason) -> String {
        switch reason {
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
        case .noAnswer: "the answers of the offline kit do not have it"
        }
    }

    /// What to do about it.
    static func remedy(_ entry: Unmeasured) -> String {
        switch entry.reason {
        case .permissionDenied where entry.relation == nil:
            "grant SELECT on pg_catalog.pg_largeobject, or on each object (GRANT SELECT ON LARGE OBJECT), or membership "
                + "of pg_read_all_data (PostgreSQL 14 and later) or of the roles that own them"
        case .permissionDenied: "grant SELECT on the table, or membership of pg_read_all_data"
        case .rowSecurity: "run as a role with BYPASSRLS or as the table's owner"
        case .lockTimeout: "run again when the other session has finished"
        case .statementTimeout: "run again with a longer --statement-timeout"
        case .dropped, .changed, .serverError: "run again"
        case .interrupted, .connectionLost, .timeBudget:
            "resume: lobscope profile --resume with this report folder"
        case .damaged where entry.relation == nil:
            "check pg_largeobject with pg_amcheck; the rest was measured"
        case .damaged: "check the table with pg_amcheck; the rest of it was measured"
        case .replicaConflict: "run again, or against the primary"
        case .foreignTable: "profile the server that holds the data, or add --foreign-tables"
        case .unsupportedAccessMethod: "use --method full"
        case .notPopulated: "REFRESH MATERIALIZED VIEW, then run again"
        case .snapshotLost: "run again, or without --consistent"
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
        case .noAnswer:
            "see what psql said while it ran the script, and run it again; what the kit does not read needs lobscope profile"
        case .tooLarge: "shorten the value: no client can read it; the rest of the table was measured"
        }
    }
}
