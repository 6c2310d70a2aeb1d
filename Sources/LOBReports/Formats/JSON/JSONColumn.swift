import LOBProfile
import SizeStatistics

/// An element of `columns` in report.json.
enum JSONColumn {
    /// The column with its figures.
    static func json(_ column: ColumnRecommendation, _ sizing: SizingRule) -> JSONValue {
        let described = column.profile.column
        let figures = ColumnFigures(column)
        return .members([
            "name": JSONText.name(described.name),
            "nameHex": JSONText.hex(described.name),
            "type": JSONText.name(described.typeName),
            "lobClass": .text(described.lobClass.rawValue),
            "notNull": .bool(described.isNotNull),
            "coverage": .text(column.estimate.coverage.rawValue),
            "method": JSONText.text(column.profile.measurement?.method.rawValue),
            "rows": .integer(column.rows.count),
            "rowsExact": .bool(column.rows.isExact),
            "rowsMeasured": JSONText.integer(figures.rowsMeasured),
            "nulls": JSONText.integer(figures.nulls),
            "largestBytes": JSONText.integer(column.estimate.largest?.bytes),
            "largestIsLowerBound": .bool(column.estimate.coverage.isLowerBound),
            "sumBytes": JSONText.integer(figures.sum?.bytes),
            "limitBytes": JSONText.integer(column.estimate.limit?.bytes),
            "limitKiB": JSONText.integer(column.limit?.count),
            "risk": JSONText.real(column.risk),
            "histogram": .text(histogram(column)),
            "quantiles": quantiles(figures),
            "largest": largest(column),
            "cut": cut(figures, sizing),
            "statement": .text(column.estimate.statement),
        ])
    }

    /// Whether the histogram counts every row, a part of them, or nothing.
    private static func histogram(_ column: ColumnRecommendation) -> String {
        guard let measurement = column.profile.measurement else { return "none" }
        return measurement.method == .full && column.estimate.coverage == .exact ? "exact" : "sampled"
    }

    private static func quantiles(_ figures: ColumnFigures) -> JSONValue {
        .object(
            ColumnFigures.quantiles.map { quantile in
                JSONMember(
                    key: Array(quantile.key.utf8),
                    value: JSONText.integer(figures.quantile(quantile.share)?.bytes))
            })
    }

    /// The largest values with their places.
    private static func largest(_ column: ColumnRecommendation) -> JSONValue {
        .array(
            (column.profile.measurement?.largest ?? []).map { value in
                .members(["bytes": JSONText.integer(value.size.bytes), "ctid": .text(value.ctid)])
            })
    }

    /// The rows that limits would cut, of those measured, and after two phases of all, as expected.
    private static func cut(_ figures: ColumnFigures, _ sizing: SizingRule) -> JSONValue {
        .array(
            ColumnFigures.limits.map { limit in
                let rows = figures.rowsCut(at: limit, sizing: sizing)
                return .members([
                    "limitKiB": .integer(limit.count), "rowsAtLeast": JSONText.integer(rows?.lowerBound),
                    "rowsAtMost": JSONText.integer(rows?.upperBound),
                ])
            })
    }
}
