/// What the limited LOBs of full loads take in memory, by the guide's formulas.
struct MemoryReview {
    /// One limited table of a full load in its task.
    struct Load {
        let name: String
        let limit: Kibibytes
        let lobColumns: Int
        let commitRate: Int
        let tablesInParallel: Int

        /// nil for a table that is not limited.
        init?(_ treated: TreatedTable) {
            guard let limit = treated.limit else { return nil }
            let settings = treated.model.task.settings
            // What holds for every partition of a table is said of the table; each of them is loaded as a table.
            name = treated.table.relation.logicalName.losslessText
            self.limit = limit
            lobColumns = treated.lobColumns
            commitRate = settings?.commitRate ?? TaskMemory.defaultCommitRate
            tablesInParallel = settings?.fullLoadSubTasks ?? TaskMemory.defaultSubTasks
        }

        var byCommitRate: ByteCount {
            TaskMemory.limitedFullLoad(limit: limit, lobColumns: lobColumns, commitRate: commitRate)
        }

        var byBulkArray: ByteCount {
            TaskMemory.limitedFullLoadByBulkArray(
                limit: limit, lobColumns: lobColumns, tablesInParallel: tablesInParallel)
        }
    }

    /// The limited tables of each task that loads tables in full.
    let tasks: [[Load]]
    /// Memory of the replication instance, which the tasks are taken to share; nil takes an ordinary one of 16 GiB.
    let instance: ByteCount?

    /// Memory of a smaller replication instance (16 GiB, dms.r5.large), in bytes.
    private static let ordinaryInstance = ByteCount(16 << 30)

    /// What the tables that one task loads at the same time take, by either formula.
    private static func memory(_ loads: [Load]) -> (byCommitRate: ByteCount, byBulkArray: ByteCount) {
        (
            TaskMemory.limitedFullLoad(
                of: loads.map { ($0.limit, $0.lobColumns) },
                tablesInParallel: loads.first?.tablesInParallel ?? TaskMemory.defaultSubTasks,
                commitRate: loads.first?.commitRate ?? TaskMemory.defaultCommitRate),
            loads.map(\.byBulkArray).max() ?? ByteCount(0)
        )
    }

    /// What all tasks take while they load, the larger of the guide's two formulas for each; nil without a limited table.
    var planned: ByteCount? {
        let each = tasks.filter { !$0.isEmpty }.map(Self.memory)
        guard !each.isEmpty else { return nil }
        return ByteCount(each.reduce(0) { $0.saturatingSum(max($1.byCommitRate, $1.byBulkArray).bytes) })
    }

    var findings: [Finding] {
        let tasks = tasks.filter { !$0.isEmpty }
        let each = tasks.map { (loads: $0, memory: Self.memory($0)) }
        let sum = { (figure: (ByteCount, ByteCount) -> ByteCount) in
            ByteCount(
                each.reduce(0) {
                    $0.saturatingSum(figure($1.memory.byCommitRate, $1.memory.byBulkArray).bytes)
                })
        }
        guard let planned,
            let largest = tasks.joined().max(by: { ($0.byCommitRate, $1.name) < ($1.byCommitRate, $0.name) })
        else { return [] }
        let available = Int64(Double((instance ?? Self.ordinaryInstance).bytes) * TaskMemory.shareForLOBs)
        let isTooMuch = planned.bytes > available
        let rate =
            each.map { task in
                TaskMemory.commitRate(
                    fitting: instance ?? Self.ordinaryInstance,
                    tables: task.loads.map { ($0.limit, $0.lobColumns) },
                    tablesInParallel: task.loads[0].tablesInParallel, tasks: tasks.count)
            }.min() ?? TaskMemory.defaultCommitRate
        let count = tasks.reduce(0) { $0 + min($1.count, $1[0].tablesInParallel) }
        return [
            FindingID.taskMemory.finding(
                isTooMuch ? .warning : .info, largest.name,
                .memory(
                    .load(
                        .init(
                            tables: count, planned: planned, byCommitRate: sum { rate, _ in rate },
                            byBulkArray: sum { _, array in array }, commitRate: largest.commitRate,
                            largestLimit: tasks.joined().map(\.limit).max() ?? Kibibytes(0),
                            instance: instance,
                            remedy: isTooMuch
                                ? remedy(
                                    rate, below: tasks.joined().map(\.commitRate).max() ?? 0,
                                    byBulkArray: sum { _, array in array }, available: available)
                                : .fits))),
                .lobSupport)
        ]
    }

    /// What brings it down: the bulk array has the same rows whatever CommitRate is.
    private func remedy(
        _ rate: Int, below deployed: Int, byBulkArray: ByteCount, available: Int64
    ) -> MemoryFinding.Load.Remedy {
        .lessMemory(commitRate: rate < deployed && byBulkArray.bytes <= available ? rate : nil)
    }
}
