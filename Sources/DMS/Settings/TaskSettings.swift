/// The settings of a DMS task, as far as the sizes of LOBs decide them; the rest are AWS's defaults.
public struct TaskSettings: Hashable, Sendable {
    /// How LOBs of tables without a rule of their own are treated.
    public let lobs: LOBs
    /// `InlineLobMaxSize`: KiB up to which a full load in full LOB mode takes LOBs with their rows, 0 for none; it has no effect on
    /// changes (DMS user guide, target metadata task settings).
    public let inlineLOBMaxSize: Kibibytes
    /// `StreamBufferSizeInMB`: one buffer of the engine; the guide says to raise it for very large LOBs.
    public let streamBufferMebibytes: Int
    /// KiB of a LOB that validation compares, 0 for all of it: one value for the whole task, so the
    /// smallest limit, above which the target's value may be cut.
    public let validationPartialLOBSize: Kibibytes
    /// Whether changes are applied in batches.
    public let isBatchApplyEnabled: Bool
    /// `CommitRate`: rows of a table that a full load holds in memory at once.
    public let commitRate: Int
    /// Whether the target gets the tables that tell the task's status, history and suspended tables, and the one
    /// from which the task finds its place again (`TaskRecoveryTableEnabled`): wanted where changes are applied.
    public let hasControlTables: Bool

    /// The task's LOB mode; exactly one of `FullLobMode` and `LimitedSizeLobMode` is true.
    public enum LOBs: Hashable, Sendable {
        /// `LimitedSizeLobMode` with so many KiB.
        case limited(Kibibytes)
        /// `FullLobMode`.
        case full
    }

    /// Creates settings from values that are decided elsewhere.
    public init(
        lobs: LOBs, validationPartialLOBSize: Kibibytes, isBatchApplyEnabled: Bool,
        commitRate: Int = TaskMemory.defaultCommitRate, hasControlTables: Bool = false,
        inlineLOBMaxSize: Kibibytes = Kibibytes(0),
        streamBufferMebibytes: Int = TaskSettings.defaultStreamBuffer
    ) {
        self.streamBufferMebibytes = streamBufferMebibytes
        self.inlineLOBMaxSize = inlineLOBMaxSize
        self.commitRate = commitRate
        self.hasControlTables = hasControlTables
        self.lobs = lobs
        self.validationPartialLOBSize = validationPartialLOBSize
        self.isBatchApplyEnabled = isBatchApplyEnabled
    }

    /// The settings that go with tables and their modes: limited with the largest limit of the tables whose values must not
    /// be cut (`FailTasksOnLobTruncation` looks at it), or else of all; full where all are unlimited, DMS's default where
    /// none has a LOB; changes in batches where the target and every table allow it.
    ///
    /// - Parameters:
    ///   - loads: whether the task loads what is there: then full LOB mode takes values inline up to the largest size that any
    ///     table is to.
    ///   - checksForeignKeys: whether the target checks foreign keys while changes are applied; nil where it is not known.
    public init(
        tables: [TaskTable], target: TargetEngine = .postgres, loads: Bool = false,
        checksForeignKeys: Bool? = nil
    ) {
        let limited = tables.filter { $0.mode == .limited }
        let limits = limited.map(\.bulkMaxSize)
        let protected = limited.filter { !$0.isTruncationOK && target.supportsTableLOBSettings }.map(
            \.bulkMaxSize)
        let inline = tables.filter { $0.mode == .unlimited }.map(\.bulkMaxSize).max()
        let lobs =
            (protected.max() ?? limits.max()).map(LOBs.limited)
            ?? (inline != nil ? .full : .limited(.dmsDefault))
        self.init(
            lobs: lobs, validationPartialLOBSize: limits.min() ?? Kibibytes(0),
            isBatchApplyEnabled: target.isBatchApplyEnabled(
                for: tables, checksForeignKeys: checksForeignKeys),
            inlineLOBMaxSize: loads && lobs == .full ? inline ?? Kibibytes(0) : Kibibytes(0),
            streamBufferMebibytes: Self.streamBuffer(holding: limits.max() ?? Kibibytes(0)))
    }

    /// The same settings with another commit rate, with or without control tables.
    public func with(commitRate: Int, hasControlTables: Bool) -> TaskSettings {
        TaskSettings(
            lobs: lobs, validationPartialLOBSize: validationPartialLOBSize,
            isBatchApplyEnabled: isBatchApplyEnabled, commitRate: commitRate,
            hasControlTables: hasControlTables, inlineLOBMaxSize: inlineLOBMaxSize,
            streamBufferMebibytes: streamBufferMebibytes)
    }

    /// `StreamBufferSizeInMB` when nothing is said.
    public static let defaultStreamBuffer = 8
    /// `MemoryLimitTotal` when nothing is said, in MiB.
    public static let defaultMemoryLimitTotal = 1024

    /// A buffer in MiB with room for one value of a limit and the row around it.
    ///
    /// The guide's own equation (limit x LOB columns x buffers x
    /// tables in parallel x 3) asks for gigabytes where limits are large, so no more than that is taken from it.
    public static func streamBuffer(holding limit: Kibibytes) -> Int {
        max(defaultStreamBuffer, limit.count / 1024 + 2)
    }

    /// The complete settings as a file for `--replication-task-settings`.
    public var jsonBytes: [UInt8] { json.prettyBytes }
}
