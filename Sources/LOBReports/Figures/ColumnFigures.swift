import LOBAdvice
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

    /// What was read; nil also where only a bound is known.
    private var read: ColumnMeasurement? {
        column.profile.sizes
    }
    private var distribution: SizeDistribution? { read?.distribution }
    private var representative: SizeDistribution? { read?.representative }

    var rowsMeasured: Int? { distribution?.rows }
    /// The values that shares refer to: those measured, and after two phases all, as they are expected to be.
    var values: Int? { representative?.count }
    var nulls: Int? { distribution?.nulls }

    /// A quantile of the values measured; nil where there are none.
    func quantile(_ share: Double) -> ByteCount? {
        representative?.quantile(share)
    }

    /// A quantile in words: "about" where it is not that of all rows of one moment.
    func quantileText(_ share: Double, isShort: Bool = false) -> String {
        guard let size = quantile(share) else { return "-" }
        let isExact = column.figure(of: 1).provenance == .exact
        let figure = isExact ? Figure.exact(size.bytes) : .estimated(size.bytes)
        let text = { (bytes: Int64) in SizeText.rounded(ByteCount(bytes)) }
        return isShort ? FigureText.short(figure, text) : FigureText.words(figure, text)
    }

    /// `schema.table.column` of the relation that holds it.
    var subject: String { column.relation.losslessText + "." + column.profile.column.name.losslessText }

    /// The column's name, after that of its leaf where the table is partitioned.
    func name(in table: TableRecommendation) -> String {
        let name = column.profile.column.name.losslessText
        return column.relation == table.name ? name : column.relation.losslessText + "." + name
    }

    /// The largest size in octets, with what is certain of it.
    var largestOctets: String {
        withoutValue ?? FigureText.words(column.estimate.largestSize)
    }

    /// The largest size in words, with what is certain of it.
    var largest: String {
        withoutValue
            ?? FigureText.words(column.estimate.largestSize) { SizeText.exact(ByteCount($0)) }
    }

    /// The largest size where there is little room.
    var shortLargest: String {
        withoutValue
            ?? FigureText.short(column.estimate.largestSize) { SizeText.rounded(ByteCount($0)) }
    }

    /// What stands for the largest size where no value was read; nil where one was, or nothing was read.
    private var withoutValue: String? {
        guard column.profile.measurement != nil, column.estimate.shownLargest == nil else { return nil }
        return column.estimate.largestSize.exactValue == 0 ? "no value" : "no value seen"
    }

    /// Rows measured of all rows, in words.
    var rows: String {
        guard let rowsMeasured else { return "none" }
        return "\(NumberText.grouped(rowsMeasured)) of \(FigureText.words(column.rows))"
    }

    /// The present rows whose value a limit cuts: counted, or estimated with an interval that holds with 95 %; nil
    /// where nothing was measured.
    func rowsCut(at limit: Kibibytes, sizing: SizingRule) -> CutCurve.Rows? {
        let size = sizing.largestSize(within: limit, column.profile.column.lobClass)
        return column.estimate.cut(at: [size])?.points.first?.rows
    }

    /// How many values there are in all rows; of a sample as many as its share of values lets expect; nil where only a part
    /// was read.
    var allValues: Double? {
        guard let distribution, let measurement = column.profile.measurement,
            measurement.unreadBlocks + measurement.unreadRows == 0
        else { return nil }
        guard measurement.method.isLook, distribution.rows > 0 else {
            return values.map { Double($0) }
        }
        let share = Double(distribution.count) / Double(distribution.rows)
        return column.rows.value.map { share * Double(max(Int($0), distribution.rows)) }
    }
}
