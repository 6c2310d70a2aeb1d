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

    /// How much certainty is given up for time.
    private enum Thrift: CaseIterable {
        /// None where it is cheap: values whose text must be made in two phases where that would take long.
        case none
        /// All values whose text must be made in two phases.
        case text
        /// They are sampled.
        case sampledText
        /// All values are sampled.
        case everything
    }

    private typealias Choice = (method: MeasuringMethod, reason: String)

    package init(
        _ relation: Relation, columns: [Column], server: ServerFacts, options: PlanOptions,
        countsRecent: Bool = false
    ) {
        self.countsRecent = countsRecent
        self.relation = relation
        self.columns = columns
        self.options = options
        sharedBuffers = server.sharedBuffers
        prices = PriceModel(relation: relation, blockSize: server.blockSize)
        canSample = relation.hasPlaces && relation.blocks > 0
        canTakeTwoPhases = canSample && relation.isSelectable && server.version >= 140_000
    }

    /// Plans, each cheaper and less sure than the one before; at least one, and one where nothing asks for cheaper ones.
    var plans: [TablePlan] {
        let levels = options.method == .auto && options.timeBudget != nil ? Thrift.allCases : [.none]
        var plans: [TablePlan] = []
        for plan in levels.map(plan) where plans.last.map({ plan.price.seconds < $0.price.seconds }) ?? true {
            plans.append(plan)
        }
        return plans
    }

    private func plan(_ thrift: Thrift) -> TablePlan {
        let choices = columns.map { choice(of: $0, thrift) }
        let plans = zip(columns, choices).map { TablePlan.ColumnPlan(column: $0, method: $1.method) }
        let (isRing, histogram) = (usesRing(plans), histogramSample(plans))
        return TablePlan(
            relation: relation, columns: plans, sample: sample,
            price: prices.price(of: plans, sample: sample, histogram: histogram),
            reason: Self.reason(
                choices.map(\.reason) + (isRing ? ["in one statement, by a ring of buffers"] : [])),
            surer: surer(than: plans), histogramSample: histogram, isRing: isRing)
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

    /// Some blocks for the histograms, where that is asked for and saves anything: not for a table that is read in
    /// a moment, nor beside values whose text must be made, nor where rows are drawn in another way already.
    private func histogramSample(_ plans: [TablePlan.ColumnPlan]) -> SampleDesign? {
        guard wantsSampledHistogram, canTakeTwoPhases, relation.blocks >= Self.fewBlocks,
            plans.allSatisfy({ $0.method == .full && $0.column.family.sizeIsInHeader })
        else { return nil }
        let percent = max(Self.histogramPercent, 100 * Self.histogramBlocks / Double(relation.blocks))
        return SampleDesign(method: .blocks, percent: percent, seed: options.sample.seed)
    }

    private var wantsSampledHistogram: Bool {
        switch options.histogram {
        case .sampled: true
        case .auto:
            !countsRecent && options.scan != .ring && prices.seconds(of: columns) > options.exactSeconds
        case .exact, nil: false
        }
    }

    /// Blocks under which a table is read in full in the time that a sample takes (8 MiB: some 10 ms).
    private static let fewBlocks = 1000
    /// A sample for a histogram: so many percent of the blocks, and at least so many.
    private static let histogramPercent = 1.0
    private static let histogramBlocks = 300.0

    private func choice(of column: Column, _ thrift: Thrift) -> Choice {
        if relation.kind == .foreignTable {
            return (.full, "foreign table: one statement, which the other server helps with as far as it can")
        }
        switch options.method {
        case .full: return (.full, "asked for")
        case .bound where relation.blocks == 0: return (.full, "empty when planned")
        case .bound: return (.bound, "asked for: no row is read; seconds at most")
        case .sample where canSample: return (.sample, "asked for")
        case .sample where relation.blocks == 0: return (.full, "empty when planned")
        case .sample: return (.full, "rows of this table access method cannot be sampled")
        case .auto: return automatic(column, thrift)
        }
    }

    private func automatic(_ column: Column, _ thrift: Thrift) -> Choice {
        let isFree = column.family.sizeIsInHeader
        switch thrift {
        case .none where isFree, .text where isFree, .sampledText where isFree:
            return (.full, "sizes are in the headers of the values")
        case .none where prices.seconds(of: [column]) <= options.exactSeconds:
            return (.full, "small enough to read in full")
        case .none where canTakeTwoPhases:
            return (.twoPhase, "making the text of every value would take long")
        case .none:
            return (.full, "rows cannot be found again by their places, which two phases need")
        case .text where canTakeTwoPhases: return (.twoPhase, "all that the time budget allows")
        case .text, .sampledText, .everything:
            guard canSample else { return (.full, "rows of this table access method cannot be sampled") }
            guard relation.blocks < Self.fewestSampled else {
                return (.sample, "all that the time budget allows")
            }
            return isFree || !canTakeTwoPhases
                ? (.full, "too small for a sample to say anything")
                : (.twoPhase, "all that the time budget allows, and too small to sample")
        }
    }

    /// Blocks under which a sample of some percent has too few of them to give a limit.
    private static let fewestSampled = 400

    /// The different reasons, in the order of the columns.
    private static func reason(_ reasons: [String]) -> String {
        var different: [String] = []
        for reason in reasons where !different.contains(reason) { different.append(reason) }
        return different.joined(separator: "; ")
    }

    /// What surer ways would cost: two phases for what is sampled, and every row.
    private func surer(than plans: [TablePlan.ColumnPlan]) -> [TablePlan.SurerRoute] {
        let least = plans.map(\.method).max { $0.uncertainty < $1.uncertainty } ?? .full
        var routes: [TablePlan.SurerRoute] = []
        let hasText = plans.contains { !$0.column.family.sizeIsInHeader }
        if least == .sample, canTakeTwoPhases, hasText { routes.append(surer(.twoPhase)) }
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
