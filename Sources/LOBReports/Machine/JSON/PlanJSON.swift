import LOBAdvice

/// A plan for programs.
enum PlanJSON {
    /// The version of the document's shape.
    static let schemaVersion = 1

    /// The document.
    static func render(_ report: PlanReport) -> [UInt8] {
        let (preview, plan) = (report.preview, report.preview.plan)
        return JSONValue.members([
            "schemaVersion": .integer(schemaVersion),
            "database": JSONText.name(preview.catalog.database),
            "tablesInScope": .integer(preview.catalog.relations.count),
            "connections": .integer(report.connections),
            "snapshotLimitSeconds": JSONText.real(preview.snapshotLimit),
            "timeBudgetSeconds": JSONText.real(plan.timeBudget),
            "tables": .array(plan.tables.map { table($0, report) }),
            "unmeasurable": .array(plan.unmeasurable.map(JSONReport.unmeasured)),
            "leftOut": .array(plan.leftOut.map(JSONReport.unmeasured)),
        ]).prettyBytes
    }

    private static func table(_ table: TablePlan, _ report: PlanReport) -> JSONValue {
        let columns = table.columns.map { column in
            JSONValue.members([
                "name": JSONText.name(column.column.name), "method": .text(column.method.rawValue),
            ])
        }
        let statements = report.showsSQL ? report.preview.statements[table.relation.oid] ?? [] : []
        return .members([
            "table": JSONText.name(table.relation.name),
            "columns": .array(columns),
            "blocks": .integer(table.price.blocks),
            "estimatedRows": JSONText.real(table.price.rows),
            "seconds": JSONText.real(table.price.seconds),
            "secondsAtLeast": JSONText.real(table.price.range.lowerBound),
            "secondsAtMost": JSONText.real(table.price.range.upperBound),
            "why": .text(PlanWords.reasons(table)),
            "statements": .array(statements.map { .text($0) }),
        ])
    }
}
