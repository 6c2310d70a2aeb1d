import SizeStatistics

/// What either mode would mean for one table: the risk of a limit, and the look-ups without one.
public struct ModeAlternatives: Sendable, Equatable {
    /// Limited mode at the table's setting; nil where no limit is known, or none that limited mode can hold.
    public let limited: Limited?
    /// Values of the LOB columns, NULLs left out: unlimited mode looks up as many in CDC; nil where a column was
    /// not measured.
    public let values: Int?
    /// Whether ``values`` and ``inline`` are scaled from a sample to all rows.
    public let isEstimated: Bool
    /// Thresholds for what travels with its row in a full load, smallest first; empty where ``values`` is nil.
    public let inline: [Inline]

    /// Limited mode.
    public struct Limited: Sendable, Equatable {
        public let size: Kibibytes
        /// P(at least one present or expected value above the size); nil where it is not known.
        public let risk: Double?
    }

    /// `bulk-max-size` of an unlimited rule.
    public struct Inline: Sendable, Equatable {
        public let size: Kibibytes
        /// Values above it, from those surely to those possibly: each is looked up in a full load.
        public let lookUps: ClosedRange<Int>
        /// Whether it is the one that the rule of the recommendation takes: the smallest that holds 99 % of the
        /// values of every column, which is where the curve bends.
        public let isChosen: Bool
    }

    /// The alternatives of a table.
    ///
    /// - Parameter recommender: that of the table, made once for all tables.
    public init(_ table: TableRecommendation, by recommender: Recommender) {
        let profile = recommender.profile
        let lobs = table.columns.filter { $0.profile.column.lobClass != .none }
        limited = table.setting.flatMap { setting in
            guard let limit = table.limit, limit <= .limitedModeCeiling else { return nil }
            let size = table.mode == .limited ? table.bulkMaxSize : min(setting, .limitedModeCeiling)
            return Limited(size: size, risk: recommender.risk(of: table, at: size))
        }
        isEstimated = lobs.contains { !($0.profile.measurement?.isOfEveryRow(of: $0.rows) ?? false) }
        let scaled = lobs.compactMap(ScaledSizes.init)
        guard scaled.count == lobs.count else {
            (values, inline) = (nil, [])
            return
        }
        values = scaled.reduce(0) { $0 + $1.count }
        let (sizing, utf8) = (profile.policy.sizing, profile.server.utf8BytesPerByte)
        let chosen = InlineSize.choose(
            for: table.columns.map(\.profile), sizing: sizing, utf8BytesPerByte: utf8)
        inline = InlineSize.thresholds.map { size in
            let above = scaled.map { column in
                column.countAbove(
                    sizing.largestSize(
                        fitting: size.bytes, lobClass: column.lobClass, utf8BytesPerByte: utf8))
            }
            let least = above.reduce(0) { $0 + $1.lowerBound }
            let most = above.reduce(0) { $0 + $1.upperBound }
            return Inline(size: size, lookUps: least...most, isChosen: size == chosen)
        }
    }
}

/// The sizes of a column's rows, where only some were measured as many times as there are rows for each of them.
private struct ScaledSizes {
    let lobClass: LOBClass
    private let sizes: SizeDistribution
    private let factor: Double

    init?(_ column: ColumnRecommendation) {
        guard let measurement = column.profile.measurement else { return nil }
        lobClass = column.profile.column.lobClass
        sizes = measurement.representative
        let rows = sizes.count + sizes.nulls
        factor =
            measurement.isOfEveryRow(of: column.rows) || rows == 0
            ? 1 : max(1, Double(column.rows.count) / Double(rows))
    }

    var count: Int { scaled(sizes.count) }

    /// Values above a size; from 0 where the size is 0, as an empty value is looked up too.
    func countAbove(_ size: ByteCount) -> ClosedRange<Int> {
        if size.bytes <= 0 { return count...count }
        let above = sizes.countAbove(size)
        return scaled(above.lowerBound)...scaled(above.upperBound)
    }

    private func scaled(_ count: Int) -> Int { Int((Double(count) * factor).rounded()) }
}

extension ColumnMeasurement {
    /// Whether the size of every row of the table was read.
    fileprivate func isOfEveryRow(of rows: TableProfile.RowCount) -> Bool {
        rows.isExact && distribution.count + distribution.nulls >= rows.count
    }
}
