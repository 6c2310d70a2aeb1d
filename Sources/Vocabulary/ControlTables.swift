/// Failed changes of one table, as `awsdms_apply_exceptions` on the target lists them.
///
/// The statements themselves hold values of rows: they are never kept.
public struct ApplyException: Hashable, Sendable {
    /// `TASK_NAME`: the end of the task's ARN, not its identifier.
    public let task: Identifier
    /// `TABLE_OWNER` and `TABLE_NAME`, which are the target's.
    public let table: RelationName
    public let reason: Reason
    /// How many rows of the control table say so.
    public let count: Int
    /// The first and the last `ERROR_TIME`, as the server writes them.
    public let times: ClosedRange<String>?

    /// What `ERROR` says.
    public enum Reason: Hashable, Sendable {
        /// The SQLSTATE that it names.
        case sqlState(String)
        /// Words such as `malformed JSON`, without a SQLSTATE.
        case malformed
        /// `0 rows affected`: the row that was to change is not on the target.
        case noRow
        case other
    }

    /// Creates an entry.
    public init(
        task: Identifier, table: RelationName, reason: Reason, count: Int, times: ClosedRange<String>?
    ) {
        self.task = task
        self.table = table
        self.reason = reason
        self.count = count
        self.times = times
    }

    /// The SQLSTATE in the error; nil where it has none.
    public var sqlState: String? {
        if case .sqlState(let state) = reason { state } else { nil }
    }

    /// Whether the target refused a value as malformed, as it does with a cut json, jsonb, xml or array.
    public var isMalformedValue: Bool {
        reason == .malformed || (sqlState.map(Self.isMalformedValue) ?? false)
    }

    /// 22P02 invalid text representation, 22P03 invalid binary representation, 22021 character not in
    /// repertoire (a cut inside a character), 22000 and 2200L to 2200T invalid XML, 22030 to 2203F SQL/JSON.
    public static func isMalformedValue(sqlState: String) -> Bool {
        let code = Array(sqlState.utf8)
        guard code.count == 5 else { return false }
        let isExact = ["22P02", "22P03", "22021", "22000"].contains { code.elementsEqual($0.utf8) }
        let isXML = code.starts(with: "2200".utf8) && ("L".utf8.first ?? 0)...("T".utf8.first ?? 0) ~= code[4]
        return isExact || isXML || code.starts(with: "2203".utf8)
    }
}

/// Rows of one table that differ between source and target, as `awsdms_validation_failures_v1` and `_v2` on the target list
/// them.
///
/// `KEY` and `DETAILS` hold values of rows: they are never kept.
public struct ValidationFailure: Hashable, Sendable {
    /// `TASK_NAME`: the end of the task's ARN, not its identifier.
    public let task: Identifier
    /// `TABLE_OWNER` and `TABLE_NAME`.
    public let table: RelationName
    /// nil for a `FAILURE_TYPE` that the DMS user guide does not name.
    public let kind: Kind?
    /// How many rows of the control table say so.
    public let count: Int
    /// Of those, the ones that data resync has repaired since (`RESYNC_RESULT` of `_v2` is `SUCCESS`).
    public let repaired: Int
    /// The first and the last `FAILURE_TIME`, as the server writes them.
    public let times: ClosedRange<String>?

    /// `FAILURE_TYPE` (DMS user guide, data validation).
    public enum Kind: String, Sendable, CaseIterable {
        /// The row is on both sides with different values.
        case recordDiffers = "RECORD_DIFF"
        case missingOnSource = "MISSING_SOURCE"
        case missingOnTarget = "MISSING_TARGET"
        /// The table as a whole, such as one without a key.
        case table = "TABLE_WARNING"
    }

    /// Creates an entry.
    public init(
        task: Identifier, table: RelationName, kind: Kind?, count: Int, repaired: Int,
        times: ClosedRange<String>?
    ) {
        self.task = task
        self.table = table
        self.kind = kind
        self.count = count
        self.repaired = repaired
        self.times = times
    }
}
