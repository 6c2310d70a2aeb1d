extension SQLState {
    /// Whether the primary message of this class may be shown.
    ///
    /// Data exceptions (22), constraint violations (23), raised messages (P0) and wrappers (HV) quote values
    /// of rows; the classes listed here name objects and conditions only.
    var mayShowServerMessage: Bool {
        Self.classesWithoutValues.contains(sqlClass)
    }

    private static let classesWithoutValues: Set<String> = [
        "08", "0A", "25", "28", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "F0", "XX",
    ]

    /// Our own words for the condition, used where the server's message may quote a value.
    var meaning: String {
        if let exact = Self.conditions[description] { return exact }
        return Self.classNames[sqlClass] ?? "error reported by the server"
    }

    private static let conditions: [String: String] = [
        "22001": "value too long for its type",
        "22003": "numeric value out of range",
        "22007": "invalid date or time",
        "22008": "date or time out of range",
        "22012": "division by zero",
        "22021": "character not valid in the encoding",
        "22023": "invalid parameter value",
        "22026": "string length mismatch",
        "22032": "invalid JSON text",
        "22P02": "invalid text representation of a value",
        "22P03": "invalid binary representation of a value",
        "22P05": "character without an equivalent in the client's encoding",
        "2200M": "invalid XML document",
        "2200N": "invalid XML content",
        "23502": "NOT NULL violation",
        "23503": "foreign key violation",
        "23505": "unique violation",
        "23514": "check violation",
        "P0001": "exception raised by a function",
    ]

    private static let classNames: [String: String] = [
        "01": "warning", "02": "no data", "03": "statement not complete", "08": "connection exception",
        "09": "triggered action exception", "0A": "feature not supported",
        "0B": "invalid transaction initiation",
        "0F": "locator exception", "0L": "invalid grantor", "0P": "invalid role specification",
        "20": "case not found", "21": "cardinality violation", "22": "data exception",
        "23": "integrity constraint violation", "24": "invalid cursor state",
        "25": "invalid transaction state",
        "26": "invalid statement name", "27": "triggered data change violation",
        "28": "invalid authorization", "2B": "dependent privileges exist", "2D": "invalid transaction end",
        "2F": "SQL routine exception", "34": "invalid cursor name", "38": "external routine exception",
        "39": "external routine invocation exception", "3B": "savepoint exception",
        "3D": "invalid database name", "3F": "invalid schema name", "40": "transaction rollback",
        "42": "syntax error or access rule violation", "44": "check option violation",
        "53": "insufficient resources", "54": "program limit exceeded",
        "55": "object not in prerequisite state", "57": "operator intervention", "58": "system error",
        "72": "snapshot too old", "F0": "configuration file error", "HV": "foreign data wrapper error",
        "P0": "error in a function", "XX": "internal error",
    ]
}
