/// Failed changes of one table, as `awsdms_apply_exceptions` on the target lists them.
///
/// The statements themselves hold values of rows: they are never read.
public struct ApplyException: Hashable, Sendable {
    /// `TASK_NAME`: the end of the task's ARN, not its identifier.
    public let task: Identifier
    /// `TABLE_OWNER` and `TABLE_NAME`, which are the target's.
    public let table: RelationName
    /// The SQLSTATE in the error; nil where it has none.
    public let sqlState: String?
    /// How many rows of the control table say so.
    public let count: Int
    /// The first and the last `ERROR_TIME`, as the server writes them.
    public let times: ClosedRange<String>?

    /// Creates an entry.
    public init(
        task: Identifier, table: RelationName, sqlState: String?, count: Int, times: ClosedRange<String>?
    ) {
        self.task = task
        self.table = table
        self.sqlState = sqlState
        self.count = count
        self.times = times
    }

    /// Whether the target refused a value as malformed, as it does with a cut json, jsonb, xml or array.
    ///
    /// 22P02 invalid text representation, 22P03 invalid binary representation, 22021 character not in
    /// repertoire (a cut inside a character), 22000 and 2200L to 2200T invalid XML, 22030 to 2203F SQL/JSON.
    public var isMalformedValue: Bool {
        guard let code = sqlState.map({ Array($0.utf8) }), code.count == 5 else { return false }
        let isExact = ["22P02", "22P03", "22021", "22000"].contains { code.elementsEqual($0.utf8) }
        let isXML = code.starts(with: "2200".utf8) && ("L".utf8.first ?? 0)...("T".utf8.first ?? 0) ~= code[4]
        return isExact || isXML || code.starts(with: "2203".utf8)
    }

    /// The SQLSTATE for people.
    public var cause: String { sqlState.map { "SQLSTATE \($0)" } ?? "an error without SQLSTATE" }
}
