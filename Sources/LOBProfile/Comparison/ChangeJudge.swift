import SizeStatistics

/// Decides what of two recommendations for a table got worse.
struct ChangeJudge {
    let old: Profile
    let new: Profile

    /// The change of a table that at least one side knows.
    func change(
        of name: RelationName, from old: TableRecommendation?, to new: TableRecommendation?
    ) -> TableChange {
        let columns = Self.columns(old, new)
        return TableChange(
            name: name, old: old.map(Self.state), new: new.map(Self.state), columns: columns,
            worsenings: worsenings(old, new, columns))
    }

    private func worsenings(
        _ old: TableRecommendation?, _ new: TableRecommendation?, _ columns: [TableChange.ColumnChange]
    ) -> [TableChange.Worsening] {
        guard let new, new.hasLOBs else { return [] }
        guard let old, old.hasLOBs else { return [.newTable] }
        var found = columns.compactMap(Self.worsening)
        if let rule = Self.ruleWorsening(from: old, to: new) { found.append(rule) }
        if let risk = riskWorsening(from: old, to: new) { found.append(risk) }
        return found
    }

    /// A size got worse where the difference cannot be the luck of a sample: a value is there that is larger than
    /// all values were, or, where those were not all known, larger than what was expected of them.
    private static func worsening(_ column: TableChange.ColumnChange) -> TableChange.Worsening? {
        guard let new = column.new, let old = column.old else { return nil }
        guard old.limit == nil || new.limit != nil else { return .noLongerKnown(column: column.name) }
        let known = old.coverage == .exact ? old.largest ?? ByteCount(0) : old.limit
        guard let known, let largest = new.largest, largest > known else { return nil }
        return .largerValue(column: column.name, from: old.largest, to: largest)
    }

    private static func ruleWorsening(
        from old: TableRecommendation, to new: TableRecommendation
    ) -> TableChange.Worsening? {
        guard case .limited(let before) = old.lobSettings else { return nil }
        switch new.lobSettings {
        case .limited(let after) where after <= before: return nil
        case nil: return nil
        default: return .rule(from: old.lobSettings, to: new.lobSettings)
        }
    }

    /// The risk at the old rule, then and now; worse where it was within the accepted one and is not now.
    private func riskWorsening(
        from old: TableRecommendation, to new: TableRecommendation
    ) -> TableChange.Worsening? {
        guard case .limited(let limit) = old.lobSettings, let before = old.risk else { return nil }
        let after = Recommender(self.new).risk(of: new, at: limit)
        guard before <= self.old.policy.risk, after.map({ $0 > self.old.policy.risk }) ?? true else { return nil }
        return .riskAtOldRule(from: before, to: after)
    }

    private static func state(_ table: TableRecommendation) -> TableChange.TableState {
        // Each leaf has as many rows whatever column tells.
        let rows = Dictionary(table.columns.map { ($0.relation, $0.rows.count) }) { first, _ in first }
        return .init(
            rows: rows.values.reduce(0, +), limit: table.limit, mode: table.mode, bulkMaxSize: table.bulkMaxSize,
            risk: table.risk)
    }

    private struct ColumnKey: Hashable, Comparable {
        let relation: RelationName
        let name: Identifier

        static func < (left: ColumnKey, right: ColumnKey) -> Bool {
            left.relation == right.relation ? left.name < right.name : left.relation < right.relation
        }
    }

    private static func columns(
        _ old: TableRecommendation?, _ new: TableRecommendation?
    ) -> [TableChange.ColumnChange] {
        let before = states(old)
        let after = states(new)
        return Set(before.keys).union(after.keys).sorted().map { key in
            .init(relation: key.relation, name: key.name, old: before[key], new: after[key])
        }
    }

    private static func states(_ table: TableRecommendation?) -> [ColumnKey: TableChange.ColumnState] {
        let pairs = (table?.columns ?? []).map { column in
            (
                ColumnKey(relation: column.relation, name: column.profile.column.name),
                TableChange.ColumnState(
                    typeName: column.profile.column.typeName, coverage: column.estimate.coverage,
                    largest: column.estimate.largest, limit: column.estimate.limit)
            )
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
