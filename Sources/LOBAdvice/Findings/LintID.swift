/// The findings about deployed mappings and settings against what was measured.
public enum LintID: String, FindingCode {
    case limitTooSmall = "lint-limit-too-small"
    case limitNotProven = "lint-limit-not-proven"
    case streamBufferTooSmall = "lint-stream-buffer-too-small"
    case lobsLeftOut = "lint-lobs-left-out"
    case combinationMode = "lint-combination-mode"
    case bytesForKilobytes = "lint-bytes-for-kilobytes"
    case inlineWithoutFullMode = "lint-inline-without-full-mode"
    case modesContradict = "lint-modes-contradict"
    case lobMaxSizeOutOfRange = "lint-lob-max-size-out-of-range"
    case chunkSizeTooLarge = "lint-chunk-size-too-large"
    case batchApplyWithUnlimited = "lint-batch-apply-with-unlimited"
    case batchApplyWithUniqueIndex = "lint-batch-apply-with-unique-index"
    case batchApplyWithoutKey = "lint-batch-apply-without-key"
    case batchApplyWithForeignKeys = "lint-batch-apply-with-foreign-keys"
    case batchApplyOffForForeignKeys = "lint-batch-apply-off-for-foreign-keys"
    case batchApplyOfTarget = "lint-batch-apply-of-target"
    case partialValidation = "lint-partial-validation"
    case loggingHidesTruncations = "lint-logging-hides-truncations"
    case logGroupSet = "lint-log-group-set"
    case settingMisspelt = "lint-setting-misspelt"
    case settingMisplaced = "lint-setting-misplaced"
    case settingUnreadable = "lint-setting-unreadable"
    case settingUnknown = "lint-setting-unknown"
    case tableMissing = "lint-table-missing"
    case tableGone = "lint-table-gone"
    case rootInsteadOfLeaves = "lint-root-instead-of-leaves"
    case ruleMatchesNothing = "lint-rule-matches-nothing"
    case ruleMatchesMore = "lint-rule-matches-more"
    case lobTransformation = "lint-lob-transformation"
    case tableTwice = "lint-table-twice"
    case filterByLOB = "lint-filter-by-lob"
    case columnUnknown = "lint-column-unknown"
    case parallelLoadByLOB = "lint-parallel-load-by-lob"
    case validationByLOBKey = "lint-validation-by-lob-key"
    case slotShared = "lint-slot-shared"
    case slotUnknown = "lint-slot-unknown"
    case slotWithoutTable = "lint-slot-without-table"
    case truncationGoesOn = "lint-truncation-goes-on"

    /// What it says, in one line.
    public var meaning: String {
        switch self {
        case .limitTooSmall: "values that were measured are larger than the deployed limit"
        case .limitNotProven: "the deployed limit holds what was seen, but not what the estimate asks for"
        case .lobsLeftOut: "the task leaves out every LOB column"
        case .combinationMode:
            "unlimited with a bulk-max-size: it has an effect in full loads only, if at all"
        case .bytesForKilobytes: "a size looks as if bytes were written where KB are meant"
        case .inlineWithoutFullMode:
            "InlineLobMaxSize works in full LOB mode only, and AWS refuses it elsewhere"
        case .modesContradict: "not exactly one of FullLobMode and LimitedSizeLobMode is true"
        case .lobMaxSizeOutOfRange: "LobMaxSize is 0 in limited mode, or over 102,400 KB"
        case .chunkSizeTooLarge: "LobChunkSize over 64 KB can make tasks fail"
        case .streamBufferTooSmall: "a buffer of the engine is smaller than a value may be"
        case .batchApplyWithUnlimited: "batch apply works with limited LOBs only"
        case .batchApplyWithUniqueIndex: "batch apply loses rows of tables with a second unique index"
        case .batchApplyWithoutKey: "batch apply takes only the inserts of a table without a key"
        case .batchApplyWithForeignKeys: "batches violate foreign keys that the target checks"
        case .batchApplyOffForForeignKeys:
            "changes could go in batches if the target did not check foreign keys"
        case .batchApplyOfTarget: "the target loses data with batch apply"
        case .partialValidation: "validation compares more of a value than the limit lets through"
        case .loggingHidesTruncations: "the log would not show that values are cut"
        case .logGroupSet: "AWS refuses log group and stream when a task is made"
        case .settingMisspelt: "a task setting is spelt in a way that DMS does not read"
        case .settingMisplaced: "a task setting is where DMS does not read it"
        case .settingUnreadable:
            "the value of a task setting cannot be read, so what is in force is not known"
        case .settingUnknown: "a task setting that the DMS user guide does not document"
        case .tableMissing: "a table of the profile is selected by no task"
        case .tableGone: "a rule names a table that the profile does not have"
        case .rootInsteadOfLeaves: "a rule names a partitioned table where DMS wants its partitions"
        case .ruleMatchesNothing: "a selection rule matches no table of the profile"
        case .ruleMatchesMore:
            "a selection rule matches more tables than the one that it names, as _ is a wildcard"
        case .lobTransformation: "a rule changes a LOB column in a way that DMS does not support"
        case .tableTwice: "a table is selected by two tasks, so its rows or changes are written twice"
        case .filterByLOB: "a filter looks at a LOB, which DMS does not support"
        case .columnUnknown:
            "a full load is divided, or rows are filtered, by a column that the table does not have"
        case .parallelLoadByLOB: "a full load is divided by the values of a LOB"
        case .validationByLOBKey: "validation finds rows by a key that is a LOB to DMS"
        case .slotShared: "two tasks capture changes from one slot, and only one of them can run"
        case .slotUnknown: "no replication set of the profile has the name of a slot"
        case .slotWithoutTable: "a task selects a table that its slot does not carry"
        case .truncationGoesOn:
            "no value is to be cut, and the source endpoint lets a task continue that cuts one"
        }
    }

    /// Whether the fix belongs in the task settings, rather than in the mapping.
    public var concernsSettings: Bool {
        switch self {
        case .lobsLeftOut, .inlineWithoutFullMode, .modesContradict, .lobMaxSizeOutOfRange,
            .chunkSizeTooLarge, .streamBufferTooSmall, .batchApplyWithUnlimited, .batchApplyWithUniqueIndex,
            .batchApplyWithoutKey,
            .batchApplyWithForeignKeys, .batchApplyOffForForeignKeys, .batchApplyOfTarget, .partialValidation,
            .validationByLOBKey,
            .loggingHidesTruncations, .logGroupSet, .settingMisspelt, .settingMisplaced, .settingUnreadable,
            .settingUnknown:
            true
        case .limitTooSmall, .limitNotProven, .combinationMode, .bytesForKilobytes, .tableMissing, .tableGone,
            .rootInsteadOfLeaves, .ruleMatchesNothing, .ruleMatchesMore, .lobTransformation,
            .columnUnknown, .parallelLoadByLOB, .tableTwice, .filterByLOB, .slotShared, .slotUnknown,
            .slotWithoutTable,
            .truncationGoesOn:
            false
        }
    }

    public static var usualReference: GuidePage? { .lobSupport }
}
