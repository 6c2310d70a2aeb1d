import SizeStatistics

extension Preflight {
    /// What follows from the recommended modes together: the switch on the endpoint, and memory.
    public static func findings(for tables: [TableRecommendation], policy: Policy) -> [Finding] {
        refused(tables) + truncationStopsTask(tables)
            + (policy.migrationType.includesFullLoad ? memory(of: tables) : [])
    }

    private static func refused(_ tables: [TableRecommendation]) -> [Finding] {
        tables.flatMap { table in
            table.columns.filter { $0.estimate.coverage == .refused }.map { column in
                let path = "\(column.relation.losslessText).\(column.profile.column.name.losslessText)"
                return FindingID.estimateRefused.finding(
                    .warning, path, "\"\(path)\" has no limit: \(column.estimate.statement)",
                    remedy: "measure every row (--method full), or a larger sample (--sample-percent)")
            }
        }
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

    private static func memory(of tables: [TableRecommendation]) -> [Finding] {
        let limited = tables.filter { $0.mode == .limited }
        let planned = limited.map { table in
            let columns = Set(
                table.columns.filter { $0.profile.column.lobClass != .none }.map(\.profile.column.name))
            return (
                table, columns.count,
                TaskMemory.plannedForLimited(limit: table.bulkMaxSize, lobColumns: columns.count)
            )
        }
        guard let (table, columns, bytes) = planned.max(by: { $0.2 < $1.2 }), columns > 0 else { return [] }
        let each = table.bulkMaxSize.bytes.bytes.saturatingProduct(Int64(columns))
        let rate = min(Int64(TaskMemory.defaultCommitRate), max(1, tableBudget / max(1, each)))
        let name = table.name.losslessText
        return [
            FindingID.taskMemory.finding(
                bytes.bytes > ordinaryInstance ? .warning : .info, name,
                "\"\(name)\" may take \(mebibytes(bytes)) MiB while it is loaded with \(table.bulkMaxSize.count) KB, the most "
                    + "of all tables (the larger of the guide's two formulas, an estimate); DMS swaps where memory ends",
                remedy: "choose a replication instance with more memory, or set CommitRate to \(rate)",
                reference: GuidePage.lobSupport)
        ]
    }

    private static func mebibytes(_ size: ByteCount) -> Int64 {
        size.bytes / (1 << 20)
    }
}
