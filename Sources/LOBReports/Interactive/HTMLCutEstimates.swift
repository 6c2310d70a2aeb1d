import LOBAdvice
import SizeStatistics

/// How many values limits cut where not all were read: the page cannot compute that from counts alone.
struct HTMLCutEstimates {
    /// The limits in KB at which a table's estimates are given.
    let sizes: [Kibibytes]
    private let sizing: SizingRule

    /// The limits of a table: the usual ones, those that it has or was asked about, and steps between them.
    init(_ table: TableRecommendation, _ report: Report, _ detail: HTMLDetail) {
        sizing = SizingRule(report.profile)
        let asked = report.recommender.limit(askedOf: table)
        let own = [table.limit, table.setting, table.bulkMaxSize, asked].compactMap(\.self)
        let hasEstimates = table.columns.contains(where: Self.isEstimated)
        sizes =
            hasEstimates
            ? Set(ColumnFigures.limits(report.profile.policy) + own + Self.steps(detail))
                .filter { $0 >= Kibibytes(1) && $0 <= Kibibytes.limitedModeCeiling }.sorted() : []
    }

    /// 1 KB to the ceiling of limited mode; fine detail has each of the first 64.
    private static func steps(_ detail: HTMLDetail) -> [Kibibytes] {
        let ceiling = Double(Kibibytes.limitedModeCeiling.count)
        let ratio = detail.cutSizeRatio
        let steps = sequence(first: 1.0) { $0 * ratio < ceiling ? $0 * ratio : nil }
        let small = (1...max(1, detail.eachSizeUpTo)).map { Kibibytes($0) }
        return small + steps.map { Kibibytes(Int($0.rounded())) } + [Kibibytes.limitedModeCeiling]
    }

    /// Whether a column's cuts are not simply counted.
    static func isEstimated(_ column: ColumnRecommendation) -> Bool {
        guard column.profile.column.lobClass != .none, let measurement = column.profile.measurement else {
            return false
        }
        let isPart = column.estimate.cut(at: [ByteCount(0)]) == nil
        return isPart || measurement.method != .full || measurement.tail != nil
    }

    /// `[values, at least, at most, ...]` at each size, the first null where the other two are counts; null where
    /// nothing can be said, and for a column whose values are all counted.
    func estimates(_ column: ColumnRecommendation) -> JSONValue {
        guard Self.isEstimated(column) else { return .null }
        let lobClass = column.profile.column.lobClass
        let limits = sizes.map { sizing.largestSize(within: $0, lobClass) }
        guard let curve = column.estimate.cut(at: limits) else { return .null }
        return .array(
            curve.points.flatMap { point -> [JSONValue] in
                let interval = [point.rows.interval.lowerBound, point.rows.interval.upperBound]
                guard case .estimated(let expected, _) = point.rows else {
                    return [.null] + interval.map { JSONText.integer(Int($0)) }
                }
                return ([expected] + interval).map { JSONText.real(Self.short($0)) }
            })
    }

    /// Five significant digits, of which two are shown.
    private static func short(_ number: Double) -> Double {
        var scale = 1.0
        while number * scale < 10_000, scale < 1e8 { scale *= 10 }
        return (number * scale).rounded() / scale
    }
}
