/// The ways in which one table may be measured, from the surest that is reasonable to the cheapest.
package struct TableRoutes {
    private let relation: Relation
    private let columns: [Column]
    private let options: PlanOptions
    private let prices: PriceModel
    private let canSample: Bool
    /// Whether the most recent rows are to be counted by themselves, which takes a histogram of every row.
    private let countsRecent: Bool
    /// Rows are found again by their places: that takes TID range scans and hashes of places (14), and SELECT on
    /// the whole table.
    private let canTakeTwoPhases: Bool
    /// Blocks in shared_buffers.
    private let sharedBuffers: Int?

    private typealias Choice = (method: MeasuringMethod, reason: TablePlan.Reason)

    package init(
        _ relation: Relation, columns: [Column], server: ServerFacts, options: PlanOptions,
        countsRecent: Bool = false, probe: TextProbe? = nil
    ) {
        self.countsRecent = countsRecent
        self.relation = relation
        self.columns = columns
        self.options = options
        sharedBuffers = server.sharedBuffers
        prices = PriceModel(relation: relation, blockSize: server.blockSize, probe: probe)
        canSample = relation.hasPlaces && relation.blocks > 0
        canTakeTwoPhases = canSample && relation.isSelectable && server.version >= 140_000
    }

    /// The surest way that is reasonable, or the one that was asked for.
    var surest: TablePlan { plan(columns.map(choice), sample: sample) }

    /// What tells something in a moment: how large values can be at most where TOAST tells it, else a sample of some blocks; nil
    /// where neither is possible.
    var look: TablePlan? {
        guard relation.kind != .foreignTable, relation.blocks > 0 else { return nil }
        let choices = columns.compactMap { column -> Choice? in
            if relation.obstacleToBound == nil, column.family.isStoredAsText {
                return (.bound, .overTimeBudget)
            }
            return canSample ? (.sample, .overTimeBudget) : nil
        }
        guard choices.count == columns.count else { return nil }
        let percent = min(sample.percent, 100 * Self.lookBlocks / Double(relation.blocks))
        let method = canTakeTwoPhases ? SampleDesign.Method.blocks : .system
        return plan(
            choices, sample: SampleDesign(method: method, percent: percent, seed: sample.seed))
    }

    /// Blocks of a sample that is drawn before anything else is read: 8 MiB.
    private static let lookBlocks = 1000.0

    private func plan(_ choices: [Choice], sample: SampleDesign) -> TablePlan {
        let plans = zip(columns, choices).map { TablePlan.ColumnPlan(column: $0, method: $1.method) }
        let (isRing, histogram) = (usesRing(plans), histogramSample(plans))
        let price = prices.price(of: plans, sample: sample, histogram: histogram)
        return TablePlan(
            relation: relation, columns: plans, sample: sample, price: price,
            reasons: Self.different(
                choices.map(\.reason) + (isRing ? [.ring] : []) + offer(beside: plans, price)),
            surer: surer(than: plans), histogramSample: histogram, isRing: isRing,
            unpricedColumns: unpriced)
    }

    /// Columns that may be read in full or in two phases, depending on what only some blocks tell.
    private var unpriced: [Column] {
        guard options.method == .auto, canTakeTwoPhases, relation.blocks >= Self.fewBlocks else { return [] }
        return columns.filter { prices.isUnsure($0, within: options.exactSeconds) }
    }

    /// A bound, where it takes a tenth of a time that people notice.
    private func offer(beside plans: [TablePlan.ColumnPlan], _ price: TablePlan.Price) -> [TablePlan.Reason] {
        guard options.method == .auto, price.seconds > 1, relation.obstacleToBound == nil,
            plans.allSatisfy({ $0.method != .bound && $0.column.family.isStoredAsText })
        else { return [] }
        let bound = plans.map { TablePlan.ColumnPlan(column: $0.column, method: .bound) }
        guard prices.price(of: bound, sample: sample).seconds * 10 <= price.seconds else { return [] }
        return [.boundIsCheaper]
    }

    /// The server uses a ring for tables over a quarter of shared_buffers; two phases need places, and so chunks.
    private func usesRing(_ plans: [TablePlan.ColumnPlan]) -> Bool {
        guard options.scan == .ring, let buffers = sharedBuffers else { return false }
        return relation.blocks > buffers / 4 && plans.allSatisfy { $0.method == .full }
    }

    /// Blocks are read by their places where rows can be found by theirs, else by TABLESAMPLE.
    private var sample: SampleDesign {
        options.sample.method == .blocks && !canTakeTwoPhases ? options.sample.by(.system) : options.sample
    }

    /// Some blocks for the histograms, where that is asked for and saves anything, and beside a bound.
    ///
    /// It is not for a table that is read in a moment, nor beside values whose text must be made, nor where rows are drawn in
    /// another way already.
    private func histogramSample(_ plans: [TablePlan.ColumnPlan]) -> SampleDesign? {
        guard canTakeTwoPhases else { return nil }
        let blocks: Double
        if plans.allSatisfy({ $0.method == .bound }) {
            guard options.histogram != .omitted else { return nil }
            blocks = Self.boundBlocks
        } else {
            guard wantsSampledHistogram, relation.blocks >= Self.fewBlocks,
                plans.allSatisfy({ $0.method == .full && $0.column.family.sizeIsInHeader })
            else { return nil }
            blocks = max(Self.histogramBlocks, Double(relation.blocks) * Self.histogramPercent / 100)
        }
        return SampleDesign(
            method: .blocks, percent: min(100, 100 * blocks / Double(relation.blocks)),
            seed: options.sample.seed)
    }

    private var wantsSampledHistogram: Bool {
        switch options.histogram {
        case .sampled: true
        case .auto:
            !countsRecent && options.scan != .ring && prices.seconds(of: columns) > options.exactSeconds
        case .exact, .omitted, nil: false
        }
    }

    /// Blocks under which a table is read in full in the time that a sample takes (8 MiB: some 10 ms).
    private static let fewBlocks = 1000
    /// A sample for a histogram: so many percent of the blocks, and at least so many.
    private static let histogramPercent = 1.0
    private static let histogramBlocks = 300.0
    /// Blocks of the sample beside a bound: what is read in some milliseconds.
    private static let boundBlocks = 100.0

    private func choice(of column: Column) -> Choice {
        if relation.kind == .foreignTable { return (.full, .foreignTable) }
        switch options.method {
        case .full: return (.full, .askedFor)
        case .bound where relation.blocks == 0: return (.full, .empty)
        case .bound: return (.bound, .askedForBound)
        case .sample where canSample: return (.sample, .askedFor)
        case .sample where relation.blocks == 0: return (.full, .empty)
        case .sample: return (.full, .notSampleable)
        case .auto: return automatic(column)
        }
    }

    private func automatic(_ column: Column) -> Choice {
        if column.family.sizeIsInHeader { return (.full, .sizesInHeaders) }
        if prices.seconds(of: [column]) <= options.exactSeconds { return (.full, .small) }
        return canTakeTwoPhases ? (.twoPhase, .textTakesLong) : (.full, .withoutPlaces)
    }

    /// The different reasons, in the order of the columns.
    private static func different(_ reasons: [TablePlan.Reason]) -> [TablePlan.Reason] {
        var different: [TablePlan.Reason] = []
        for reason in reasons where !different.contains(reason) { different.append(reason) }
        return different
    }

    /// What surer ways would cost: two phases for what is sampled, and every row.
    private func surer(than plans: [TablePlan.ColumnPlan]) -> [TablePlan.SurerRoute] {
        let least = plans.map(\.method).max { $0.uncertainty < $1.uncertainty } ?? .full
        var routes: [TablePlan.SurerRoute] = []
        let hasText = plans.contains { !$0.column.family.sizeIsInHeader }
        let isSampled = plans.contains { $0.method == .sample }
        if isSampled, canTakeTwoPhases, hasText { routes.append(surer(.twoPhase)) }
        if least != .full { routes.append(surer(.full)) }
        return routes
    }

    private func surer(_ method: MeasuringMethod) -> TablePlan.SurerRoute {
        let plans = columns.map { column in
            TablePlan.ColumnPlan(column: column, method: column.family.sizeIsInHeader ? .full : method)
        }
        return .init(method: method, seconds: prices.price(of: plans, sample: sample).seconds)
    }

    /// Surer ways to measure a table than it was measured by, with what they would cost.
    package func surer(than method: MeasuringMethod, of column: Column) -> [TablePlan.SurerRoute] {
        surer(than: [TablePlan.ColumnPlan(column: column, method: method)])
    }
}

extension MeasuringMethod {
    /// Larger is less sure.
    fileprivate var uncertainty: Int {
        switch self {
        case .full: 0
        case .twoPhase: 1
        case .sample: 2
        case .bound: 3
        }
    }
}
