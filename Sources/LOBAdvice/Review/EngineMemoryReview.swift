import DMS
import Vocabulary

/// Whether the engine has room for single values as large as the limits of a task.
struct EngineMemoryReview {
    let task: DeployedTask
    /// The tables that the task migrates.
    let tables: [TreatedTable]

    /// Below so many changes in `MemoryLimitTotal`, what they take is told, and below ``fewestChanges`` warned of.
    ///
    /// DMS keeps transactions together while they fit. The guide gives no figures; these are ours.
    private static let enoughChanges: Int64 = 1_000
    private static let fewestChanges: Int64 = 10

    /// What changes take while they wait.
    var ofChanges: [Finding] {
        // The guide names LobMaxSize alone; what it does beside a rule with a larger limit is not documented.
        let lobMaxSize = (task.settings?.lobMaxSize ?? .byDefault(.dmsDefault)).value ?? Kibibytes(0)
        let changes = tables.compactMap { table in
            table.limit.map { limit in
                (
                    table: table, limit: max(limit, lobMaxSize),
                    size: TaskMemory.change(limit: max(limit, lobMaxSize), lobColumns: table.lobColumns)
                )
            }
        }
        guard
            let largest = changes.max(by: { ($0.size, $1.table.name) < ($1.size, $0.table.name) }),
            largest.size.bytes > 0
        else { return [] }
        guard
            let total = (task.settings?.memoryLimitTotal ?? .byDefault(TaskSettings.defaultMemoryLimitTotal))
                .value, total > 0
        else { return [] }
        let count = Int64(total).saturatingProduct(1 << 20) / largest.size.bytes
        guard count < Self.enoughChanges else { return [] }
        let isOfTask = largest.table.limit.map { $0 < lobMaxSize } ?? false
        return [
            FindingID.changeMemory.finding(
                count < Self.fewestChanges ? .warning : .info, largest.table.name,
                .memory(
                    .change(
                        .init(
                            size: largest.size, lobColumns: largest.table.lobColumns, limit: largest.limit,
                            isOfTask: isOfTask, memoryLimit: total, count: count))),
                .lobSupport)
        ]
    }

    /// Buffers that are smaller than a value.
    var ofBuffers: [Finding] {
        guard let largest = tables.compactMap(\.limit).max(), let settings = task.settings else { return [] }
        guard let buffer = settings.streamBufferMebibytes.value, buffer > 0,
            buffer < TaskSettings.streamBuffer(holding: largest)
        else { return [] }
        return [
            LintID.streamBufferTooSmall.finding(
                .warning, task.subject,
                .memory(
                    .buffer(buffer, needed: TaskSettings.streamBuffer(holding: largest), largest: largest)),
                .taskSettings)
        ]
    }
}
