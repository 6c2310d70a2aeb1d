import SizeStatistics

/// Says what the measurement of a column means for all rows, by the route that it was measured on.
public struct ColumnEstimator: Sendable {
    /// The accepted risk and what else decides a limit.
    public let policy: Policy

    /// Creates an estimator.
    public init(policy: Policy) {
        self.policy = policy
    }

    /// The estimate for a column of a table.
    public func estimate(_ column: ColumnProfile, of table: TableProfile) -> ColumnEstimate {
        guard let measurement = column.measurement else { return Self.skipped }
        switch measurement.method {
        case .full where measurement.unreadBlocks == 0: return exact(measurement)
        case .full: return partial(measurement)
        case .twoPhase, .sample: return sampled(measurement, column.column, of: table)
        }
    }

    private static let skipped = ColumnEstimate(
        coverage: .skipped, largest: nil, limit: nil,
        statement: "not measured; see what was not measured, and why.",
        risk: .unknown)

    private func exact(_ measurement: ColumnMeasurement) -> ColumnEstimate {
        let distribution = measurement.distribution
        let largest = distribution.largest
        let read = "every row was read: \(distribution.rows) rows, \(distribution.nulls) of them NULL."
        let statement =
            largest.map { "\(read) The largest value has \($0.bytes) bytes." } ?? "\(read) There is no value."
        return ColumnEstimate(
            coverage: .exact, largest: largest, limit: largest ?? ByteCount(0), statement: statement,
            risk: .known(largest: largest))
    }

    /// A scan that did not reach every block proves nothing about what it did not read.
    private func partial(_ measurement: ColumnMeasurement) -> ColumnEstimate {
        let distribution = measurement.distribution
        let largest =
            distribution.largest.map { "the largest of them has \($0.bytes) bytes" } ?? "none has a value"
        return ColumnEstimate(
            coverage: .refused, largest: distribution.largest, limit: nil,
            statement: """
                \(distribution.rows) rows were read and \(largest); \(measurement.unreadBlocks) blocks could not be \
                read, so no limit can be given.
                """,
            risk: .unknown)
    }

    /// The hedged tail of the sample, in the units that were drawn.
    private func sampled(
        _ measurement: ColumnMeasurement, _ column: Column, of table: TableProfile
    ) -> ColumnEstimate {
        let units = Self.units(measurement, column, of: table)
        let tail = TailPredictive(units)
        let limit = tail.limit(alpha: policy.risk)
        let text = SampleStatement(
            measurement: measurement, units: units, tail: tail, limit: limit, risk: policy.risk,
            population: table.rows.count)
        guard case .refused(let refusal) = tail.verdict(alpha: policy.risk) else {
            return ColumnEstimate(
                coverage: .sampled, largest: measurement.distribution.largest, limit: limit, statement: text.usable,
                risk: .tail(tail))
        }
        return ColumnEstimate(
            coverage: .refused, largest: measurement.distribution.largest, limit: nil,
            statement: text.refused(refusal), risk: .unknown)
    }

    /// What was drawn: blocks where whole blocks were sampled, else rows.
    private static func units(
        _ measurement: ColumnMeasurement, _ column: Column, of table: TableProfile
    ) -> SampledUnits {
        let isByBlock = table.sample.map { $0.design.method != .bernoulli } ?? false
        let declared = column.declaredLength.map { ByteCount(Int64($0)) }
        guard isByBlock, let blocks = measurement.blocks, let sample = table.sample else {
            return SampledUnits(
                rows: measurement.distribution, population: table.rows.count, declaredLength: declared)
        }
        return SampledUnits(
            blocks: blocks, rows: measurement.distribution, population: sample.blocksTotal, declaredLength: declared)
    }
}
