/// The findings about truncations in logs.
public enum TruncationID: String, Sendable, CaseIterable {
    case seen = "truncation-seen"
    case lengthUnknown = "truncation-length-unknown"
    case ofUnknownTable = "truncation-of-unknown-table"
    case lineNotUnderstood = "log-line-not-understood"
    case bulkApplyFailed = "bulk-apply-failed"
    case applyException = "apply-exception"

    /// What it says, in one line.
    public var meaning: String {
        switch self {
        case .seen: "the log says that values of a column were cut"
        case .lengthUnknown: "the log does not say how long a value was that was cut, or says it wrongly"
        case .ofUnknownTable: "the log names a column that the profile does not have"
        case .lineNotUnderstood: "lines of the log speak of truncations in an unknown form"
        case .bulkApplyFailed: "batches failed and were applied one by one"
        case .applyException: "awsdms_apply_exceptions of the target lists changes of a table"
        }
    }

    /// A finding with this id.
    func finding(_ severity: Finding.Severity, _ subject: String, _ message: String, remedy: String)
        -> Finding
    {
        Finding(id: rawValue, severity: severity, subject: subject, message: message, remedy: remedy)
    }
}
