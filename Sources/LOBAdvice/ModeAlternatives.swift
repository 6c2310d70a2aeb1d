/// What either mode would mean for one table: the risk of a limit, and the look-ups without one.
public struct ModeAlternatives: Sendable, Equatable {
    /// Limited mode at the table's setting; nil where no limit is known, or none that limited mode can hold.
    public let limited: Limited?
    /// Values of the LOB columns, NULLs left out: unlimited mode looks up as many in CDC.
    public let values: Figure
    /// Whether ``values`` and ``inline`` are not counted, but scaled from a sample to all rows, or of several moments.
    public var isEstimated: Bool { values.provenance != .exact }
    /// Thresholds for what travels with its row in a full load, smallest first; empty where a column was not measured, or
    /// only in part.
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
        let lobs = table.readColumns.filter { $0.profile.column.lobClass != .none }
        limited = table.setting.flatMap { setting in
            guard let limit = table.limit, limit <= .limitedModeCeiling else { return nil }
            let size = table.mode == .limited ? table.bulkMaxSize : min(setting, .limitedModeCeiling)
            return Limited(size: size, risk: recommender.risk(of: table, at: size))
        }
        let scaled = lobs.compactMap(ScaledSizes.init)
        values = Figure.sum(of: lobs.map { column in ScaledSizes(column)?.values ?? .notKnown })
        guard scaled.count == lobs.count, values.atMost != nil || values.estimate != nil else {
            inline = []
            return
        }
        let (sizing, utf8) = (profile.policy.sizing, profile.server.utf8BytesPerByte)
        let chosen = InlineSize.choose(
            for: table.readColumns.map(\.profile), sizing: sizing, utf8BytesPerByte: utf8)
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
    /// How many there are, with what is certain of it.
    let values: Figure
    private let sizes: SizeDistribution
    private let factor: Double

    init?(_ column: ColumnRecommendation) {
        guard let measurement = column.profile.sizes else { return nil }
        lobClass = column.profile.column.lobClass
        sizes = measurement.representative
        let rows = sizes.count + sizes.nulls
        let isOfEveryRow = measurement.method == .full && measurement.tail == nil
        let factor =
            isOfEveryRow || rows == 0
            ? 1 : max(1, Double(column.rows.value ?? 0) / Double(rows))
        self.factor = factor
        values = column.figure(of: Self.scaled(sizes.count, factor))
    }

    /// Values above a size; from 0 where the size is 0, as an empty value is looked up too.
    func countAbove(_ size: ByteCount) -> ClosedRange<Int> {
        let above = size.bytes <= 0 ? sizes.count...sizes.count : sizes.countAbove(size)
        let most = Self.scaled(above.upperBound, factor)
        // Some of the values may be there no more.
        return (values.provenance == .atMost ? 0 : Self.scaled(above.lowerBound, factor))...most
    }

    private static func scaled(_ count: Int, _ factor: Double) -> Int {
        Int(min((Double(count) * factor).rounded(), 1e18))
    }
}
