extension TaskSettings {
    /// Every section with every key that a PostgreSQL source and target know, in the order of the DMS user
    /// guide's example; values that sizes do not decide are AWS's defaults.
    ///
    /// `CloudWatchLogGroup` and `CloudWatchLogStream` are left out: AWS refuses them when a task is made.
    public var json: JSONValue {
        .members([
            "TargetMetadata": targetMetadata,
            "FullLoadSettings": fullLoad,
            "TTSettings": .members([
                "EnableTT": .bool(false), "TTS3Settings": .null, "TTRecordSettings": .null,
            ]),
            "Logging": Self.logging,
            "ControlTablesSettings": controlTables,
            "StreamBufferSettings": streamBuffers,
            "ChangeProcessingDdlHandlingPolicy": Self.ddlHandling,
            "ErrorBehavior": Self.errorBehavior,
            "ChangeProcessingTuning": Self.changeProcessing,
            "ValidationSettings": validation,
            "PostProcessingRules": .null,
            "CharacterSetSettings": .null,
            "LoopbackPreventionSettings": .null,
            "BeforeImageSettings": .null,
            "FailTaskWhenCleanTaskResourceFailed": .bool(false),
        ])
    }

    private var targetMetadata: JSONValue {
        let (isFull, largest) =
            switch lobs {
            case .limited(let largest): (false, largest)
            case .full: (true, Kibibytes(0))
            }
        return .members([
            "TargetSchema": .text(""),
            "SupportLobs": .bool(true),
            "FullLobMode": .bool(isFull),
            "LobChunkSize": .integer(64),
            "LimitedSizeLobMode": .bool(!isFull),
            "LobMaxSize": .integer(largest.count),
            "InlineLobMaxSize": .integer(inlineLOBMaxSize.count),
            "LoadMaxFileSize": .integer(0),
            "ParallelLoadThreads": .integer(0),
            "ParallelLoadBufferSize": .integer(0),
            "ParallelLoadQueuesPerThread": .integer(0),
            "ParallelApplyThreads": .integer(0),
            "ParallelApplyBufferSize": .integer(0),
            "ParallelApplyQueuesPerThread": .integer(0),
            "BatchApplyEnabled": .bool(isBatchApplyEnabled),
            "TaskRecoveryTableEnabled": .bool(hasControlTables),
        ])
    }

    private var fullLoad: JSONValue {
        .members([
            // The target's tables are made beforehand: any other mode would drop or empty them.
            "TargetTablePrepMode": .text("DO_NOTHING"),
            "CreatePkAfterFullLoad": .bool(false),
            "StopTaskCachedChangesApplied": .bool(false),
            "StopTaskCachedChangesNotApplied": .bool(false),
            "MaxFullLoadSubTasks": .integer(TaskMemory.defaultSubTasks),
            "TransactionConsistencyTimeout": .integer(600),
            "CommitRate": .integer(commitRate),
        ])
    }

    /// Truncations are warnings: LOGGER_SEVERITY_DEFAULT shows them, LOGGER_SEVERITY_ERROR hides them all.
    private static let logging = JSONValue.members([
        "EnableLogging": .bool(true),
        "EnableLogContext": .bool(false),
        "LogComponents": .array(
            logComponents.map {
                .members(["Id": .text($0), "Severity": .text("LOGGER_SEVERITY_DEFAULT")])
            }),
    ])

    private static let logComponents = [
        "TRANSFORMATION", "SOURCE_UNLOAD", "IO", "TARGET_LOAD", "PERFORMANCE", "SOURCE_CAPTURE", "SORTER",
        "REST_SERVER", "VALIDATOR_EXT", "TARGET_APPLY", "TASK_MANAGER", "TABLES_MANAGER", "METADATA_MANAGER",
        "FILE_FACTORY", "COMMON", "ADDONS", "DATA_STRUCTURE", "COMMUNICATION", "FILE_TRANSFER",
    ]

    /// An empty schema is the target's default, `public` on PostgreSQL; `awsdms_apply_exceptions` is always made.
    private var controlTables: JSONValue {
        .members([
            "ControlSchema": .text(""),
            "HistoryTimeslotInMinutes": .integer(5),
            "HistoryTableEnabled": .bool(hasControlTables),
            "SuspendedTablesTableEnabled": .bool(hasControlTables),
            "StatusTableEnabled": .bool(hasControlTables),
            "FullLoadExceptionTableEnabled": .bool(false),
        ])
    }

    private var streamBuffers: JSONValue {
        .members([
            "StreamBufferCount": .integer(3),
            "StreamBufferSizeInMB": .integer(streamBufferMebibytes),
            "CtrlStreamBufferSizeInMB": .integer(5),
        ])
    }

    private static let ddlHandling = JSONValue.members([
        "HandleSourceTableDropped": .bool(true),
        "HandleSourceTableTruncated": .bool(true),
        "HandleSourceTableAltered": .bool(true),
    ])

    private static let errorBehavior = JSONValue.members([
        "DataErrorPolicy": .text("LOG_ERROR"),
        "DataTruncationErrorPolicy": .text("LOG_ERROR"),
        "DataErrorEscalationPolicy": .text("SUSPEND_TABLE"),
        "DataErrorEscalationCount": .integer(0),
        "EventErrorPolicy": .text("IGNORE"),
        "TableErrorPolicy": .text("SUSPEND_TABLE"),
        "TableErrorEscalationPolicy": .text("STOP_TASK"),
        "TableErrorEscalationCount": .integer(0),
        "RecoverableErrorCount": .integer(-1),
        "RecoverableErrorInterval": .integer(5),
        "RecoverableErrorThrottling": .bool(true),
        "RecoverableErrorThrottlingMax": .integer(1800),
        "RecoverableErrorStopRetryAfterThrottlingMax": .bool(true),
        "ApplyErrorDeletePolicy": .text("IGNORE_RECORD"),
        "ApplyErrorInsertPolicy": .text("LOG_ERROR"),
        "ApplyErrorUpdatePolicy": .text("LOG_ERROR"),
        "ApplyErrorEscalationPolicy": .text("LOG_ERROR"),
        "ApplyErrorEscalationCount": .integer(0),
        "ApplyErrorFailOnTruncationDdl": .bool(false),
        "FullLoadIgnoreConflicts": .bool(true),
        "FailOnTransactionConsistencyBreached": .bool(false),
        "FailOnNoTablesCaptured": .bool(true),
    ])

    private static let changeProcessing = JSONValue.members([
        "BatchApplyPreserveTransaction": .bool(true),
        "BatchApplyTimeoutMin": .integer(1),
        "BatchApplyTimeoutMax": .integer(30),
        "BatchApplyMemoryLimit": .integer(500),
        "BatchSplitSize": .integer(0),
        "MinTransactionSize": .integer(1000),
        "CommitTimeout": .integer(1),
        "MemoryLimitTotal": .integer(TaskSettings.defaultMemoryLimitTotal),
        "MemoryKeepTime": .integer(60),
        "StatementCacheSize": .integer(50),
    ])

    private var validation: JSONValue {
        .members([
            "EnableValidation": .bool(false),
            "ValidationMode": .text("ROW_LEVEL"),
            "ThreadCount": .integer(5),
            "PartitionSize": .integer(10_000),
            "FailureMaxCount": .integer(10_000),
            "TableFailureMaxCount": .integer(1000),
            "RecordFailureDelayInMinutes": .integer(5),
            "RecordFailureDelayLimitInMinutes": .integer(0),
            "RecordSuspendDelayInMinutes": .integer(30),
            "MaxKeyColumnSize": .integer(8096),
            "HandleCollationDiff": .bool(false),
            "ValidationOnly": .bool(false),
            "SkipLobColumns": .bool(false),
            "ValidationPartialLobSize": .integer(validationPartialLOBSize.count),
            "ValidationQueryCdcDelaySeconds": .integer(0),
        ])
    }
}
