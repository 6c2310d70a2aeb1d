extension Preflight {
    /// What follows from the recommended modes together: the switch on the endpoint, and memory.
    ///
    /// - Parameter instanceMemory: memory of the replication instance; nil takes an ordinary one of 16 GiB.
    public static func findings(
        for tables: [TableRecommendation], policy: Policy, instanceMemory: ByteCount? = nil
    ) -> [Finding] {
        refused(tables) + truncationStopsTask(tables)
            + (policy.migrationType.includesFullLoad ? memory(of: tables, on: instanceMemory) : [])
    }

    private static func refused(_ tables: [TableRecommendation]) -> [Finding] {
        tables.flatMap { table in
            table.columns.filter { $0.estimate.coverage == .refused }.map { column in
                let path = "\(column.relation.losslessText).\(column.profile.column.name.losslessText)"
                return FindingID.estimateRefused.finding(
                    .warning, path, "\"\(path)\" has no limit: \(column.estimate.statement)",
                    remedy: remedy(column))
            }
        }
    }

    private static func remedy(_ column: ColumnRecommendation) -> String {
        guard let measurement = column.profile.measurement, measurement.method != .sample else {
            return "measure every row (--method full), or a larger sample (--sample-percent)"
        }
        return measurement.unreadBlocks + measurement.unreadRows > 0
            ? "see what was not measured, and why, and profile the table again"
            : "profile the table again where it changes less, such as on a replica whose replay is paused"
    }

    /// `FailTasksOnLobTruncation` knows no tables: it also fires for those that may be cut.
    private static func truncationStopsTask(_ tables: [TableRecommendation]) -> [Finding] {
        let limited = tables.filter { $0.mode == .limited }
        guard limited.contains(where: { !$0.isTruncationOK }), limited.contains(where: \.isTruncationOK)
        else { return [] }
        return [
            FindingID.truncationStopsTask.finding(
                .warning, "source endpoint",
                "FailTasksOnLobTruncation holds for every table of the endpoint: a cut in a table where truncation is "
                    + "accepted stops the task too",
                remedy:
                    "put the tables where truncation is accepted into a task with a source endpoint of its own",
                reference: GuidePage.source)
        ]
    }

    /// Memory of a smaller replication instance (16 GiB, dms.r5.large), in bytes.
    private static let ordinaryInstance: Int64 = 16 << 30
    /// What the suggested CommitRate leaves for one table's LOBs, in bytes.
    private static let tableBudget: Int64 = 1 << 30

    private static func memory(of tables: [TableRecommendation], on instance: ByteCount?) -> [Finding] {
        let limited = tables.filter { $0.mode == .limited && $0.lobColumnCount > 0 && $0.isSelected }
        let planned = limited.map { table in
            (table, TaskMemory.plannedForLimited(limit: table.bulkMaxSize, lobColumns: table.lobColumnCount))
        }
        guard let (table, bytes) = planned.max(by: { $0.1 < $1.1 }) else { return [] }
        let isTooMuch = bytes.bytes > instance?.bytes ?? ordinaryInstance
        let rate = TaskMemory.commitRate(fitting: instance ?? ByteCount(tableBudget), tables: [table].limits)
        let name = table.name.losslessText
        let formulas =
            "\(mebibytes(TaskMemory.limitedFullLoad(limit: table.bulkMaxSize, lobColumns: table.lobColumnCount))) MiB by limit x "
            + "CommitRate x LOB columns, "
            + "\(mebibytes(TaskMemory.limitedFullLoadByBulkArray(limit: table.bulkMaxSize, lobColumns: table.lobColumnCount))) "
            + "MiB by LOB columns x tables in parallel x limit x 1000"
        let against = instance.map { ", and the instance has \(mebibytes($0)) MiB" } ?? ""
        return [
            FindingID.taskMemory.finding(
                isTooMuch ? .warning : .info, name,
                "\"\(name)\" may take \(mebibytes(bytes)) MiB while it is loaded with \(table.bulkMaxSize.count) KB, the most "
                    + "of all tables (\(formulas), the larger of the guide's two formulas; an estimate)\(against); DMS swaps "
                    + "where memory ends",
                remedy: isTooMuch || instance == nil
                    ? "choose a replication instance with more memory, or set CommitRate to \(rate)"
                    : "nothing to do: it fits the instance with CommitRate \(rate)",
                reference: GuidePage.lobSupport)
        ]
    }

    private static func mebibytes(_ size: ByteCount) -> Int64 {
        size.bytes / (1 << 20)
    }
}
