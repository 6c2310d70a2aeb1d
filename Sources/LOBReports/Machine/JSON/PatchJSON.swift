import LOBAdvice

/// A patch plan for programs: numbers, and never a key.
enum PatchJSON {
    /// The version of the document's shape.
    static let schemaVersion = 1

    /// The document.
    static func render(_ plan: PatchPlan) -> [UInt8] {
        JSONValue.members([
            "schemaVersion": .integer(schemaVersion),
            "tablesRead": .integer(plan.tablesRead),
            "tables": .array(plan.tables.map(table)),
        ]).prettyBytes
    }

    private static func table(_ table: PatchPlan.Table) -> JSONValue {
        .members([
            "table": JSONText.name(table.name),
            "limitKiB": .integer(table.limit.count),
            "rows": .integer(table.keys.count),
            "bytes": JSONText.integer(table.bytes.bytes),
            "keyColumns": .array(table.keyColumns.map { JSONText.name($0) }),
            "columns": .array(table.columns.map { JSONText.name($0) }),
        ])
    }
}
