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
        let columns =
            largest.table.lobColumns == 1 ? "1 LOB column" : "\(largest.table.lobColumns) LOB columns"
        return [
            FindingID.changeMemory.finding(
                count < Self.fewestChanges ? .warning : .info, largest.table.name,
                "a captured change of \"\(largest.table.name)\" takes \(largest.size.bytes / 1024) KB of memory (\(columns) x "
                    + "\(isOfTask ? "LobMaxSize, " : "")\(largest.limit.count) KB, by the guide): MemoryLimitTotal, \(total) MB, holds \(count) of them, and what waits "
                    + "beyond it goes to disk",
                remedy: "raise MemoryLimitTotal where the instance has the memory, or "
                    + (isOfTask
                        ? "lower LobMaxSize where the rules of its tables allow that"
                        : "take unlimited for tables with large limits"),
                reference: GuidePage.lobSupport)
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
                "StreamBufferSizeInMB is \(buffer), and a value may have \(largest.count) KB, which a buffer has to hold with its row",
                remedy:
                    "set StreamBufferSizeInMB to \(TaskSettings.streamBuffer(holding: largest)) or more",
                reference: GuidePage.taskSettings)
        ]
    }
}
