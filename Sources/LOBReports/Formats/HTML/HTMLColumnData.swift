import LOBProfile
import SizeStatistics

/// A column for the script of report.html: enough for its charts, and for the rows cut and the risk at any limit.
enum HTMLColumnData {
    /// The column.
    static func json(_ column: ColumnRecommendation, _ detail: HTMLDetail) -> JSONValue {
        let figures = ColumnFigures(column)
        return .members([
            "name": .text(VisibleText.escape(figures.subject)),
            "column": JSONText.name(column.profile.column.name),
            "lobClass": .text(column.profile.column.lobClass.rawValue),
            "coverage": .text(column.estimate.coverage.rawValue),
            "values": JSONText.integer(figures.values),
            "largest": JSONText.integer(column.estimate.largest?.bytes),
            "limit": JSONText.integer(column.estimate.limit?.bytes),
            "buckets": buckets(column.profile.measurement?.representative, detail),
            "isExpected": .bool(column.profile.measurement?.strata != nil),
            "top": top(column.profile.measurement?.representative, detail),
            "risk": risk(column.estimate),
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
        guard estimate.coverage == .sampled || estimate.coverage == .bounded, let largest = estimate.largest
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
}
