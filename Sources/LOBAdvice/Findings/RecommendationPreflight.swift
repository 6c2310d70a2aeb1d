extension Preflight {
    /// Columns for which no limit could be given.
    static func refused(_ tables: [TableRecommendation]) -> [Finding] {
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
        if column.estimate.isRefusedForRowsToCome {
            return "profile again when more rows are there, or shortly before the cut-over without --growth"
        }
        return measurement.unreadBlocks + measurement.unreadRows > 0
            ? "see what was not measured, and why, and profile the table again"
            : "profile the table again where it changes less, such as on a replica whose replay is paused"
    }
}
