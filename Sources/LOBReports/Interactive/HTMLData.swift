import LOBAdvice
import SizeStatistics

/// What the script of report.html computes with.
enum HTMLData {
    /// The data; members are named for the script, which is their only reader.
    static func document(_ report: Report, _ all: ReportTables) -> JSONDocument {
        let detail = HTMLDetail(columns: all.columnCount)
        let policy = report.profile.policy
        let target = report.profile.deployment?.target ?? .postgres
        return JSONDocument([
            "sizing": .value(.text(policy.sizing.rawValue)),
            "utf8": .value(JSONText.integer(report.profile.server.utf8BytesPerByte)),
            "tables": .list(all.entries) { table($0, report, detail) },
            "mapping": .value(report.recommendation.mapping.json),
            "canBatchApply": .value(
                .bool(
                    target.isBatchApplyEnabled(
                        for: report.profile.tables.map(\.relation).filter(\.kind.isMigratable).map {
                            $0.taskTable(mode: .none, bulkMaxSize: Kibibytes(0))
                        }, checksForeignKeys: report.profile.deployment?.targetChecksForeignKeys))),
            "task": .value(report.recommendation.task.json),
            "loads": .value(.bool(policy.migrationType.includesFullLoad)),
            "hasTableRules": .value(.bool(target.supportsTableLOBSettings)),
            "memory": .value(memory),
        ])
    }

    private static var memory: JSONValue {
        .members([
            "commitRate": .integer(TaskMemory.defaultCommitRate),
            "subTasks": .integer(TaskMemory.defaultSubTasks),
            "bulkRows": .integer(TaskMemory.bulkArrayRows),
        ])
    }

    private static func table(_ entry: ReportTables.Entry, _ report: Report, _ detail: HTMLDetail)
        -> JSONValue
    {
        let table = entry.table
        let figures = TableFigures(table, report: report)
        let cuts = entry.isQuiet ? nil : HTMLCutEstimates(table, report, detail)
        return .members([
            "name": .text(VisibleText.escape(table.name)),
            "leaves": .array(
                table.leaves.map { .array([JSONText.name($0.schema), JSONText.name($0.name)]) }),
            "limit": JSONText.integer(table.limit?.count),
            "setting": JSONText.integer(table.setting?.count),
            "mode": .text(table.mode.rawValue),
            "size": .integer(table.bulkMaxSize.count),
            "risk": JSONText.real(table.risk),
            "ok": .bool(table.isTruncationOK),
            "coverage": .text(figures.coverage.rawValue),
            "largest": JSONText.integer(figures.largestSize.value),
            "migrates": .bool(table.isMigrated),
            "lobs": .integer(Set(figures.readLOBs.map(\.profile.column.name)).count),
            "columns": .array(
                cuts.map { cuts in table.readColumns.map { HTMLColumnData.json($0, detail, cuts) } } ?? []),
            "sizes": .array((cuts?.sizes ?? []).map { .integer($0.count) }),
        ])
    }
}
