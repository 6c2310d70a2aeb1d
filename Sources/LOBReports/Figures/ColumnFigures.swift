import LOBProfile
import SizeStatistics

/// The figures of one measured column that formats show.
struct ColumnFigures {
    let column: ColumnRecommendation

    /// Creates the figures of a column.
    init(_ column: ColumnRecommendation) {
        self.column = column
    }

    /// The quantiles that are shown.
    static let quantiles: [(share: Double, key: String, percentile: String)] = [
        (0.5, "0.5", "p50"), (0.95, "0.95", "p95"), (0.99, "0.99", "p99"), (0.999, "0.999", "p99.9"),
    ]

    /// Limits in KiB whose effect is always shown: DMS's default, the two sides of the knee at 64 KiB, and
    /// doublings up to the ceiling of limited mode.
    private static let usualLimits = [32, 63, 64, 128, 256, 512, 1024, 4096, 16_384, 102_400].map {
        Kibibytes($0)
    }

    /// The limits whose effect is shown: the usual ones and the one that was asked about.
    static func limits(_ policy: Policy) -> [Kibibytes] {
        Set(usualLimits + [policy.limit].compactMap(\.self)).sorted()
    }

    private var distribution: SizeDistribution? { column.profile.measurement?.distribution }
    private var representative: SizeDistribution? { column.profile.measurement?.representative }

    var rowsMeasured: Int? { distribution?.rows }
    /// The values that shares refer to: those measured, and after two phases all, as they are expected to be.
    var values: Int? { representative?.count }
    var nulls: Int? { distribution?.nulls }
    var sum: ByteCount? { distribution?.sum }

    /// A quantile of the values measured; nil where there are none.
    func quantile(_ share: Double) -> ByteCount? {
        representative?.quantile(share)
    }

    /// `schema.table.column` of the relation that holds it.
    var subject: String { column.relation.losslessText + "." + column.profile.column.name.losslessText }

    /// The column's name, after that of its leaf where the table is partitioned.
    func name(in table: TableRecommendation) -> String {
        let name = column.profile.column.name.losslessText
        return column.relation == table.name ? name : column.relation.losslessText + "." + name
    }

    /// The largest size observed in octets: "at least" where not every row was measured.
    var largestOctets: String {
        guard let largest = column.estimate.largest else { return unknownLargest }
        return (column.estimate.coverage.isLowerBound ? "at least " : "")
            + NumberText.grouped(Int(largest.bytes))
    }

    private var unknownLargest: String { column.profile.measurement == nil ? "not known" : "no value" }

    /// The largest size observed in words: "at least" where not every row was measured.
    var largest: String {
        guard let largest = column.estimate.largest else {
            return unknownLargest
        }
        return (column.estimate.coverage.isLowerBound ? "at least " : "") + SizeText.exact(largest)
    }

    /// Rows measured of all rows, in words.
    var rows: String {
        let all = (column.rows.isExact ? "" : "about ") + NumberText.grouped(column.rows.count)
        guard let rowsMeasured else { return "0 of \(all)" }
        return "\(NumberText.grouped(rowsMeasured)) of \(all)"
    }

    /// The present rows whose value a limit cuts: counted, or estimated with an interval that holds with 95 %; nil
    /// where nothing was measured.
    func rowsCut(at limit: Kibibytes, sizing: SizingRule) -> CutCurve.Rows? {
        let size = sizing.largestSize(within: limit, column.profile.column.lobClass)
        return column.estimate.cut(at: [size])?.points.first?.rows
    }

    /// How many values there are in all rows; of a sample as many as its share of values lets expect.
    var allValues: Double? {
        guard let distribution else { return nil }
        guard column.profile.measurement?.method == .sample, distribution.rows > 0 else {
            return values.map { Double($0) }
        }
        let share = Double(distribution.count) / Double(distribution.rows)
        return share * Double(max(column.rows.count, distribution.rows))
    }
}
