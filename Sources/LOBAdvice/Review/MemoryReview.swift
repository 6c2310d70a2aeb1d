/// What the LOBs of a full load take in memory, by the guide's formulas.
struct MemoryReview {
    /// One limited table in its task.
    struct Load {
        let name: String
        let limit: Kibibytes
        let lobColumns: Int
        let commitRate: Int
        let tablesInParallel: Int
        /// Whether the task loads tables in full.
        let isLoad: Bool

        /// nil for a table that is not limited.
        ///
        /// - Parameter type: what the task does, or what the profile is for where it does not say.
        init?(_ treated: TreatedTable, _ type: MigrationType) {
            isLoad = type.includesFullLoad

            guard let limit = treated.limit else { return nil }
            let settings = treated.model.task.settings
            // What holds for every partition of a table is said of the table.
            name = treated.table.relation.logicalName.losslessText
            self.limit = limit
            lobColumns = treated.table.relation.lobColumns.count
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

        /// The larger of both, to plan with.
        var planned: ByteCount { max(byCommitRate, byBulkArray) }
    }

    let loads: [Load]
    /// Memory of the replication instance; nil takes an ordinary one of 16 GiB.
    let instance: ByteCount?

    /// Memory of a smaller replication instance (16 GiB, dms.r5.large), in bytes.
    private static let ordinaryInstance: Int64 = 16 << 30
    /// What the suggested CommitRate leaves for one table's LOBs, in bytes.
    private static let tableBudget: Int64 = 1 << 30

    var findings: [Finding] {
        guard let load = loads.max(by: { ($0.planned, $1.name) < ($1.planned, $0.name) }) else { return [] }
        let isTooMuch = load.planned.bytes > instance?.bytes ?? Self.ordinaryInstance
        // As many changes at once take the same, so too much is told of any task.
        guard isTooMuch || load.isLoad else { return [] }
        let rate = TaskMemory.commitRate(
            fitting: instance ?? ByteCount(Self.tableBudget), tables: [(load.limit, load.lobColumns)])
        let formulas =
            "\(Self.mebibytes(load.byCommitRate)) MiB by limit x CommitRate x LOB columns, "
            + "\(Self.mebibytes(load.byBulkArray)) MiB by LOB columns x tables in parallel x limit x 1000"
        let against = instance.map { ", and the instance has \(Self.mebibytes($0)) MiB" } ?? ""
        return [
            FindingID.taskMemory.finding(
                isTooMuch ? .warning : .info, load.name,
                "\"\(load.name)\" may take \(Self.mebibytes(load.planned)) MiB \(load.isLoad ? "while it is loaded" : "in a full load, or for as many changes at once,") with "
                    + "\(load.limit.count) KB and CommitRate \(load.commitRate), the most of all tables (\(formulas), the larger of the guide's two "
                    + "formulas; an estimate)\(against); DMS swaps where memory ends",
                remedy: isTooMuch || (instance == nil && rate < load.commitRate)
                    ? "choose a replication instance with more memory, or set CommitRate to \(rate)"
                    : "nothing to do: it fits \(instance == nil ? "an ordinary instance" : "the instance")",
                reference: GuidePage.lobSupport)
        ]
    }

    private static func mebibytes(_ size: ByteCount) -> Int64 { size.bytes / (1 << 20) }
}
