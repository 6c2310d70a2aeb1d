/// Whether an old rule still does what it should, and until when.
public struct RuleOutlook: Sendable, Equatable {
    /// The old rule.
    public let rule: LOBSettings
    /// Values that it cuts now among those measured, and after two phases among all as they are expected to be.
    ///
    /// nil where that is not known; 0 where nothing can be cut.
    public let valuesCut: ClosedRange<Int>?
    /// The probability, 0 to 1, that it cuts a present value; nil where that is not known.
    public let risk: Double?
    /// Whether that risk is within the one that was accepted; nil where it is not known.
    public let holds: Bool?
    /// Rows that came each day, negative where rows went; nil where the profiles are less than ``shortestSpan`` apart.
    public let rowsPerDay: Double?
    /// Until when it holds if rows keep coming at this rate and are like those that are there; nil where that
    /// cannot be said, or where it does not hold now.
    public let lifetime: LimitLifetime?

    /// Two profiles less apart than this say nothing about a rate, in seconds: 20 hours.
    public static let shortestSpan: Int64 = 72_000
}

/// Works out what a new profile says of old rules.
struct RuleOutlookJudge {
    let old: Profile
    let new: Profile
    /// What the new profile recommends.
    let recommender: Recommender

    /// The outlook of a table's old rule; nil where it had none.
    func outlook(of old: TableRecommendation, in new: TableRecommendation) -> RuleOutlook? {
        guard let rule = old.lobSettings else { return nil }
        let rate = forecast(old, new)
        guard case .limited(let limit) = rule else {
            // Unlimited mode cuts nothing, whatever is there; a risk is told only of what is known.
            return RuleOutlook(
                rule: rule, valuesCut: 0...0, risk: new.limit == nil ? nil : 0, holds: true,
                rowsPerDay: rate?.perDay, lifetime: nil)
        }
        let risk = recommender.risk(of: new, at: limit)
        let isLogged = new.lobColumns.contains { column in
            column.estimate.logged.map { $0 > held(limit, column) } ?? false
        }
        // That a bound is larger says nothing of whether any value is.
        let isBounded = new.lobColumns.contains { $0.profile.measurement?.bound != nil }
        let risks = recommender.risk(of: new, at: limit, isBounded ? .statement : .rule)
        let holds = isLogged ? false : risks.map { $0 <= self.old.policy.risk }
        let end =
            holds == true && rate?.forecast.tellsDates == true
            ? rate.flatMap { lifetime(of: limit, in: new, $0.forecast) } : nil
        return RuleOutlook(
            rule: rule, valuesCut: valuesCut(new, at: limit), risk: risk, holds: holds,
            rowsPerDay: rate?.perDay, lifetime: end)
    }

    private func forecast(
        _ before: TableRecommendation, _ after: TableRecommendation
    ) -> (forecast: GrowthForecast, perDay: Double)? {
        guard let first = count(of: before, in: old), let second = count(of: after, in: new) else {
            return nil
        }
        let seconds = second.secondsSinceEpoch - first.secondsSinceEpoch
        guard seconds >= RuleOutlook.shortestSpan, let forecast = GrowthForecast(first, second) else {
            return nil
        }
        return (forecast, Double(second.rows - first.rows) / Double(seconds) * 86_400)
    }

    /// The rows of a table, and when they were counted; nil where they are not known of each part.
    private func count(of table: TableRecommendation, in profile: Profile) -> RowCountAtTime? {
        let leaves = Set(table.columns.map(\.relation))
        let parts = profile.tables.filter { leaves.contains($0.relation.name) }
        let moment = parts.compactMap(\.measuredAt).min() ?? profile.startedAt
        let rows = Figure.sum(of: parts.map(\.rowFigure))
        guard rows.provenance != .atLeast else { return nil }
        return rows.value.map { RowCountAtTime(rows: Int($0), secondsSinceEpoch: moment) }
    }

    private func held(_ limit: Kibibytes, _ column: ColumnRecommendation) -> ByteCount {
        recommender.size(within: limit, of: column)
    }

    private func valuesCut(_ table: TableRecommendation, at limit: Kibibytes) -> ClosedRange<Int>? {
        let cuts = table.lobColumns.map { column -> ClosedRange<Int>? in
            guard let measurement = column.profile.measurement else { return nil }
            let size = held(limit, column)
            switch column.estimate.cut(at: [size])?.points.first?.rows {
            case .exact(let count)?: return count...count
            case .between(let range)?: return range
            // A sample's own values, which are what can be said without a model.
            case .estimated?: return measurement.representative.countAbove(size)
            case nil: return nil
            }
        }
        guard !cuts.contains(nil) else { return nil }
        let known = cuts.compactMap(\.self)
        return known.reduce(0) {
            $0.saturatingSum($1.lowerBound)
        }...known.reduce(0) {
            $0.saturatingSum($1.upperBound)
        }
    }

    /// The earliest end that any column sees; nil where one cannot tell.
    private func lifetime(
        of limit: Kibibytes, in table: TableRecommendation, _ forecast: GrowthForecast
    ) -> LimitLifetime? {
        let columns = Dictionary(grouping: table.lobColumns, by: \.profile.column.name).values
        let estimates = columns.map { leaves -> (growth: GrowthEstimate, held: ByteCount)? in
            guard let units = units(of: leaves), let first = leaves.first else { return nil }
            let recent = leaves.count == 1 ? Self.recent(first.profile.measurement) : []
            return (
                GrowthEstimate(
                    history: units, recent: recent),
                held(limit, first)
            )
        }
        guard !estimates.contains(where: { $0 == nil }) else { return nil }
        let least = estimates.compactMap(\.self).compactMap {
            $0.growth.rowsHeld(by: $0.held, alpha: old.policy.risk)
        }.min()
        return count(of: table, in: new).map {
            LimitLifetime(rows: least, forecast: forecast, now: $0.secondsSinceEpoch)
        }
    }

    private static func recent(_ measurement: ColumnMeasurement?) -> [SampledUnits] {
        guard let measurement else { return [] }
        let all = measurement.representative
        return measurement.recentUnits(valuesPerRow: Double(all.count) / Double(max(all.rows, 1)))
    }

    /// All rows of a column that was measured in full in every leaf, or the sample of one table.
    private func units(of leaves: [ColumnRecommendation]) -> SampledUnits? {
        let measurements = leaves.compactMap(\.profile.measurement)
        guard measurements.count == leaves.count else { return nil }
        if leaves.allSatisfy({ $0.estimate.isCounted }),
            !measurements.contains(where: { $0.strata != nil })
        {
            var all = SizeDistribution()
            measurements.forEach { all.merge($0.distribution) }
            return SampledUnits(rows: all, population: all.rows)
        }
        guard leaves.count == 1, let leaf = leaves.first, measurements.first?.method == .sample,
            let table = new.tables.first(where: { $0.relation.name == leaf.relation })
        else { return nil }
        return measurements.first.map { ColumnEstimator.units($0, of: table) }
    }
}
