import LOBAdvice
import SizeStatistics

/// A column for the script of report.html: enough for its charts, and for the rows cut and the risk at any limit.
enum HTMLColumnData {
    /// The column.
    static func json(
        _ column: ColumnRecommendation, _ detail: HTMLDetail, _ cuts: HTMLCutEstimates
    ) -> JSONValue {
        let figures = ColumnFigures(column)
        return .members([
            "name": .text(VisibleText.escape(figures.subject)),
            "column": JSONText.name(column.profile.column.name),
            "lobClass": .text(column.profile.column.lobClass.rawValue),
            "coverage": .text(column.estimate.coverage.rawValue),
            "provenance": .text(column.estimate.largestSize.provenance.rawValue),
            "values": JSONText.integer(figures.values),
            "allValues": JSONText.integer(figures.allValues.map { Int($0.rounded()) }),
            "isCounted": .bool(!HTMLCutEstimates.isEstimated(column)),
            "cuts": cuts.estimates(column),
            "largest": JSONText.integer(column.estimate.shownLargest?.bytes),
            "limit": JSONText.integer(column.estimate.limit?.bytes),
            "buckets": buckets(column.profile.measurement?.representative, detail),
            "isExpected": .bool(column.profile.measurement?.strata != nil),
            "top": top(column.profile.measurement?.representative, detail),
            "risk": risk(column.estimate),
            "tail": tail(column, detail),
        ])
    }

    /// `[gap, up to, values, ...]`, from small to large; the gap is that between the bucket and the one before.
    private static func buckets(_ distribution: SizeDistribution?, _ detail: HTMLDetail) -> JSONValue {
        var last: Int64 = -1
        var numbers: [JSONValue] = []
        for bucket in SizeBuckets.merged(distribution?.histogram.buckets ?? [], detail) {
            numbers += [
                JSONText.integer(bucket.lower - last), JSONText.integer(bucket.upper), .integer(bucket.count),
            ]
            last = bucket.upper
        }
        return .array(numbers)
    }

    /// `[size, values, ...]` of the largest sizes, which are counted exactly, from large to small.
    private static func top(_ distribution: SizeDistribution?, _ detail: HTMLDetail) -> JSONValue {
        let entries = distribution?.largestSizes.entries.prefix(detail.topSizes) ?? []
        return .array(entries.flatMap { [JSONText.integer($0.size.bytes), .integer($0.count)] })
    }

    /// `[size, risk, ...]` from the largest size seen on, each size 1/16 larger than the one before, until the risk
    /// is as low as a model can say; empty where the risk is not known or known of every row.
    private static func risk(_ estimate: ColumnEstimate) -> JSONValue {
        guard [.sampled, .bounded, .forecast].contains(estimate.coverage), let largest = estimate.largest
        else {
            return .array([])
        }
        var points: [JSONValue] = []
        var size = max(largest.bytes, 64)
        while size < 1 << 40, let risk = estimate.risk(above: ByteCount(size)) {
            points += [JSONText.integer(size), JSONText.real((risk * 10_000).rounded() / 10_000)]
            if risk <= Risk.smallestReported { break }
            size += size / 16
        }
        return .array(points)
    }

    /// `[size, rows, at least, at most, ...]`: how many rows of all the tail expects above a size, from the 90 %
    /// quantile to twice the limit; empty where there is none.
    private static func tail(_ column: ColumnRecommendation, _ detail: HTMLDetail) -> JSONValue {
        let sizes = tailSizes(column, detail)
        let points = column.expectedAbove(sizes) ?? []
        return .array(
            points.flatMap { point -> [JSONValue] in
                guard case .estimated(let expected, let interval) = point.rows else { return [] }
                return [JSONText.integer(point.limit.bytes)]
                    + [expected, interval.lowerBound, interval.upperBound].map { JSONText.real(short($0)) }
            })
    }

    /// Half powers of two, which are the edges of the bars, or whole ones.
    private static func tailSizes(_ column: ColumnRecommendation, _ detail: HTMLDetail) -> [ByteCount] {
        guard column.estimate.coverage == .sampled, let limit = column.estimate.limit,
            let start = column.profile.measurement?.distribution.quantile(0.9)
        else { return [] }
        let first = (64 - max(start.bytes, 1).leadingZeroBitCount - 1) * 2
        let last = (64 - max(limit.bytes, 1).leadingZeroBitCount + 1) * 2
        return stride(from: first, through: max(first, last), by: 2 / detail.tailPointsPerOctave).map {
            half in
            let power = Double(Int64(1) << Int64(min(half / 2, 62)))
            return ByteCount(Int64((half % 2 == 0 ? power : power * 2.0.squareRoot()).rounded()))
        }
    }

    /// Three significant digits: more than the model has.
    private static func short(_ number: Double) -> Double {
        guard number > 0 else { return 0 }
        var scale = 1.0
        while number * scale < 100, scale < 1e12 { scale *= 10 }
        return (number * scale).rounded() / scale
    }
}
