/// The findings about truncations in logs.
public enum TruncationID: String, FindingCode {
    case seen = "truncation-seen"
    case lengthUnknown = "truncation-length-unknown"
    case ofUnknownTable = "truncation-of-unknown-table"
    case lineNotUnderstood = "log-line-not-understood"
    case noEntries = "log-without-entries"
    case notRead = "log-not-read"
    case failedLoad = "log-failed-load"
    case malformedValue = "log-malformed-value"
    case bulkApplyFailed = "bulk-apply-failed"
    case applyException = "apply-exception"
    case changeWithoutRow = "change-without-row"
    case validationFailure = "validation-failure"

    /// What it says, in one line.
    public var meaning: String {
        switch self {
        case .seen: "the log says that values of a column were cut"
        case .lengthUnknown: "the log does not say how long a value was that was cut, or says it wrongly"
        case .ofUnknownTable: "the log names a column that the profile does not have"
        case .lineNotUnderstood: "lines of the log speak of truncations in an unknown form"
        case .noEntries: "nothing in the log looks like an entry of DMS, so it says nothing about truncations"
        case .notRead: "a file of a folder could not be read as a log, so what it reports is not known"
        case .failedLoad: "the log says that data could not be loaded"
        case .malformedValue:
            "the target refused malformed values, as json, xml and arrays are when they were cut"
        case .bulkApplyFailed: "batches failed and were applied one by one"
        case .applyException: "awsdms_apply_exceptions of the target lists changes of a table"
        case .changeWithoutRow: "the row that a change is of was not on the target"
        case .validationFailure: "awsdms_validation_failures of the target lists rows of a table"
        }
    }
}
