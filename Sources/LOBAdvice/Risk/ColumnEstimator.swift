/// Says what the measurement of a column means for all rows, by the route that it was measured on.
public struct ColumnEstimator: Sendable {
    /// The accepted risk and what else decides a limit.
    public private(set) var policy: Policy
    /// Bytes in a block, for prices.
    let server: ServerFacts?
    /// The rows expected in each relation; empty where none are.
    private let expected: [RelationName: ExpectedRows?]

    /// Creates an estimator of one table, for the rows present.
    public init(policy: Policy) {
        self.policy = policy
        server = nil
        expected = [:]
    }

    /// Creates an estimator of the tables of a profile, for the rows present and those that the policy expects.
    public init(_ profile: Profile, policy: Policy? = nil) {
        self.policy = policy ?? profile.policy
        server = profile.server
        expected = ExpectedRows.byRelation(of: profile.tables, policy: self.policy)
    }

    /// The estimate for a column of a table.
    public func estimate(_ column: ColumnProfile, of table: TableProfile) -> ColumnEstimate {
        var estimator = self
        estimator.policy = policy.applied(to: table.relation)
        return estimator.estimated(column, of: table)
    }

    private func estimated(_ column: ColumnProfile, of table: TableProfile) -> ColumnEstimate {
        guard let measurement = column.measurement else { return Self.skipped }
        if measurement.unreadBlocks + measurement.unreadRows > 0 { return partial(measurement) }
        if let bound = measurement.bound { return bounded(measurement, by: bound, column.column, of: table) }
        let isSample = measurement.method == .sample
        if !isSample, table.reading?.certainty == .severalMoments {
            return inSeveralMoments(measurement, of: table)
        }
        switch measurement.method {
        case .full: return grown(exact(measurement, of: table), measurement, of: table)
        case .twoPhase: return grown(twoPhase(measurement, column.column, of: table), measurement, of: table)
        case .sample: return sampled(measurement, column.column, of: table)
        case .bound: return Self.skipped
        }
    }

    private static let skipped = ColumnEstimate(
        coverage: .skipped, largest: nil, limit: nil, reasons: [.notMeasured], risk: .unknown)

    private func exact(_ measurement: ColumnMeasurement, of table: TableProfile) -> ColumnEstimate {
        let largest = measurement.largestSize
        let reasons = { (moment: EstimateReason.Complete.Moment) in
            [
                EstimateReason.complete(
                    .init(
                        rows: measurement.distribution.rows, nulls: measurement.distribution.nulls,
                        largest: largest, isTail: measurement.tail != nil, moment: moment))
            ]
        }
        guard let reading = table.reading else {
            return ColumnEstimate(
                coverage: .undated, largest: largest, limit: largest ?? ByteCount(0),
                reasons: reasons(.notRecorded), risk: .undated(largest: largest),
                cuts: Self.cuts(measurement, of: table))
        }
        guard reading.certainty == .caughtUp else {
            return ColumnEstimate(
                coverage: .exact, largest: largest, limit: largest ?? ByteCount(0), reasons: reasons(.one),
                risk: .known(largest: largest), cuts: Self.cuts(measurement, of: table))
        }
        // Every row of the last moment was read, and versions that are there no more: what is largest of all bounds it.
        return ColumnEstimate(
            coverage: .bounded, largest: largest, limit: largest ?? ByteCount(0),
            reasons: reasons(.caughtUp(snapshots: reading.snapshots)), risk: .atMost(largest: largest),
            cuts: measurement.tail == nil ? .atMost(measurement.distribution) : .unknown,
            largestSize: .atMost(largest?.bytes ?? 0))
    }

    /// Rows that moved from a part that was not read yet to one that was are missing.
    private func inSeveralMoments(
        _ measurement: ColumnMeasurement, of table: TableProfile
    ) -> ColumnEstimate {
        let isOfShards = table.relation.isSharded == true && table.reading?.shards == nil
        return Self.refused(
            measurement, largest: measurement.largestSize, isOfShards ? .severalShards : .severalMoments,
            refusal: isOfShards ? .severalShards : .severalMoments)
    }

    private static func cuts(_ measurement: ColumnMeasurement, of table: TableProfile) -> CutCounts {
        guard let tail = measurement.tail else { return .counted(measurement.distribution) }
        guard measurement.blocks != nil else { return .unknown }
        return .tail(tail, measurement.side, population: table.rows.count)
    }

    /// A scan that did not reach every block proves nothing about what it did not read.
    private func partial(_ measurement: ColumnMeasurement) -> ColumnEstimate {
        Self.refused(
            measurement, largest: measurement.distribution.largest,
            measurement.unreadBlocks > 0
                ? .unreadBlocks(measurement.unreadBlocks) : .unreadRows(measurement.unreadRows),
            refusal: .partlyRead)
    }

    private static func refused(
        _ measurement: ColumnMeasurement, largest: ByteCount?, _ obstacle: EstimateReason.Incomplete.Obstacle,
        refusal: LimitRefusal
    ) -> ColumnEstimate {
        ColumnEstimate(
            coverage: .refused, largest: largest, limit: nil,
            reasons: [
                .incomplete(.init(rows: measurement.distribution.rows, largest: largest, obstacle: obstacle))
            ],
            risk: .unknown, refusal: refusal)
    }

    /// Statistics 5b: the stored size of every row, the true size of the largest stored and of random ones.
    private func twoPhase(
        _ measurement: ColumnMeasurement, _ column: Column, of table: TableProfile
    ) -> ColumnEstimate {
        guard let strata = measurement.strata, strata.rows > 0 else {
            return exact(measurement, of: table)
        }
        let estimate = TwoPhaseEstimate(strata, expansion: Self.expansion(of: column, measurement))
        let cuts = CutCounts.twoPhase(estimate, measured: measurement.distribution)
        let limit = estimate.limit(alpha: policy.risk)
        let reason = EstimateReason.twoPhase(
            .init(
                estimate: estimate, rows: strata.rows, nulls: measurement.distribution.nulls,
                risk: policy.risk,
                limit: limit, surer: surer(than: .twoPhase, column, of: table)))
        guard let limit else {
            return ColumnEstimate(
                coverage: .refused, largest: estimate.largest, limit: nil, reasons: [reason], risk: .unknown,
                cuts: cuts, refusal: .sizesNotDrawn)
        }
        // Of rows that were read again in another moment some are there no more.
        let isExact = estimate.knowsLargest && table.reading?.certainty == .oneMoment
        return ColumnEstimate(
            coverage: isExact ? .exact : estimate.isProven(at: limit) ? .bounded : .sampled,
            largest: estimate.largest, limit: limit, reasons: [reason],
            risk: .twoPhase(estimate, of: strata, nil), cuts: cuts)
    }

    /// How much larger than its stored form a value can be: json is stored as its text, so compression bounds it.
    ///
    /// lz4 can compress more than pglz. What the catalog says decides only for new values, and a value keeps its form
    /// when it is copied, so only that no value is compressed by lz4 proves pglz's bound.
    private static func expansion(of column: Column, _ measurement: ColumnMeasurement) -> Int? {
        guard column.family == .json else { return nil }
        return measurement.usesLZ4 == false
            ? TwoPhaseEstimate.pglzExpansion : TwoPhaseEstimate.lz4Expansion
    }

    /// The anchored tail of the sample, in the units that were drawn; rows to come are more units that were not read.
    private func sampled(
        _ measurement: ColumnMeasurement, _ column: Column, of table: TableProfile
    ) -> ColumnEstimate {
        let present = AnchoredTail(Self.units(measurement, of: table))
        let expected = expectation(of: table)
        let growth = expected.known.map {
            ColumnGrowth(
                estimate: GrowthEstimate(history: present.units), expected: $0,
                unitsPerRow: Self.unitsPerRow(present.units, measurement))
        }
        let tail = growth.map { present.expecting(future: $0.future) } ?? present
        let limit = tail.isTooSmall ? nil : tail.limit(alpha: policy.risk)
        let largest = measurement.distribution.largest
        let reason = EstimateReason.sample(
            .init(
                largest: largest, units: present.units, tail: tail, risk: policy.risk, limit: limit,
                expected: growth.flatMap { $0.expected.rows > 0 ? $0.expected.rows : nil },
                surer: surer(than: .sample, column, of: table)))
        let cuts = Self.cuts(measurement, present, of: table)
        guard let limit else {
            return ColumnEstimate(
                coverage: .refused, largest: largest, limit: nil, reasons: [reason], risk: .unknown,
                cuts: cuts,
                refusal: .smallSample)
        }
        let later: EstimateReason.Forecast =
            switch expected.known {
            case nil: expected.isUnknown ? .rateNotKnown : .notAsked
            case let known?: known.rows > 0 ? .inSample : .nothingArrives
            }
        return ColumnEstimate(
            coverage: .sampled, largest: largest, limit: limit, reasons: [reason, .forecast(later)],
            risk: expected.isUnknown ? .unknown : .tail(tail), cuts: cuts, growth: growth)
    }

    private static func cuts(
        _ measurement: ColumnMeasurement, _ present: AnchoredTail, of table: TableProfile
    ) -> CutCounts {
        let side = MeasuredSide(
            measurement.distribution,
            design: present.units.unit == .blocks ? measurement.blocks.map { .blocks($0) } ?? .rows : .rows)
        return .sampled(side, population: table.rows.count, present)
    }

    /// What was drawn: blocks where whole blocks were sampled, else rows.
    static func units(_ measurement: ColumnMeasurement, of table: TableProfile) -> SampledUnits {
        let isByBlock = table.sample.map { $0.design.method != .bernoulli } ?? false
        guard isByBlock, let blocks = measurement.blocks, let sample = table.sample else {
            return SampledUnits(rows: measurement.distribution, population: table.rows.count)
        }
        return SampledUnits(
            blocks: blocks, rows: measurement.distribution, population: sample.blocksTotal)
    }

    private static func unitsPerRow(_ units: SampledUnits, _ measurement: ColumnMeasurement) -> Double {
        let rows = Double(max(measurement.distribution.rows, 1))
        return units.unit == .blocks
            ? min(1, Double(measurement.blocks?.blocks ?? 1) / rows)
            : Double(measurement.distribution.count) / rows
    }

    func surer(
        than method: MeasuringMethod, _ column: Column, of table: TableProfile
    ) -> EstimateReason.Surer {
        guard let server else { return .init(routes: []) }
        return .init(
            routes: TableRoutes(table.relation, columns: [column], server: server, options: PlanOptions())
                .surer(than: method, of: column))
    }
}

/// Rows to come.
extension ColumnEstimator {
    /// What is expected of a table: nothing was asked for, nothing is known, or a number.
    func expectation(of table: TableProfile) -> (known: ExpectedRows?, isUnknown: Bool) {
        guard let entry = expected[table.relation.name] else { return (nil, false) }
        return (entry, entry == nil)
    }

    /// An estimate of all present rows with those to come: the larger of the limits from all rows and from the
    /// most recent.
    private func grown(
        _ present: ColumnEstimate, _ measurement: ColumnMeasurement, of table: TableProfile
    ) -> ColumnEstimate {
        let (expected, isUnknown) = expectation(of: table)
        guard present.coverage != .refused else { return present }
        guard let expected else {
            return isUnknown
                ? ColumnEstimate(
                    coverage: present.coverage, largest: present.largest, limit: present.limit,
                    reasons: present.reasons + [.forecast(.rateNotKnown)], risk: .unknown, cuts: present.cuts)
                : present.saying(.notAsked)
        }
        let all = measurement.representative
        let perRow = Double(all.count) / Double(max(all.rows, 1))
        let history =
            measurement.tail.map { tail in
                SampledUnits(
                    tail: Self.tail(tail, largest: measurement.largestSize),
                    ofValues: Int((Double(table.rows.count) * perRow).rounded()))
            } ?? SampledUnits(rows: all, population: all.rows)
        let growth = ColumnGrowth(
            estimate: GrowthEstimate(
                history: history,
                recent: measurement.recentUnits(valuesPerRow: perRow)),
            expected: expected, unitsPerRow: perRow)
        return grown(present, by: growth)
    }

    /// The sizes above the floor of a tail with the largest of all, which is the floor where many rows have it.
    private static func tail(_ tail: ExactTail, largest: ByteCount?) -> SizeDistribution {
        var sizes = tail.sizes
        if let largest, largest > sizes.largest ?? ByteCount(0) { sizes.add(largest) }
        return sizes
    }

    private func grown(_ present: ColumnEstimate, by growth: ColumnGrowth) -> ColumnEstimate {
        guard growth.expected.rows > 0 else {
            return present.with(limit: present.limit, risk: present.risk, .nothingArrives, growth)
        }
        if let refusal = growth.refusal {
            return ColumnEstimate(
                coverage: .refused, largest: present.largest, limit: nil,
                reasons: present.reasons + [.forecast(.refused(refusal, growth))], risk: .unknown,
                cuts: present.cuts, growth: growth, largestSize: present.largestSize, refusal: .rowsToCome)
        }
        let risk: RiskCurve =
            if case .twoPhase(let estimate, let strata, _) = present.risk {
                .twoPhase(estimate, of: strata, growth)
            } else {
                .growing(growth)
            }
        let start = max(
            present.limit ?? ByteCount(0), growth.estimate.limit(alpha: policy.risk, future: growth.future))
        let limit = RiskSearch.smallest(from: start) { [policy] in risk.model(above: $0) ?? 1 <= policy.risk }
        return present.with(
            limit: limit, risk: risk, .limit(limit, risk: policy.risk, growth), growth)
    }
}
