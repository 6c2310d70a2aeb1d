import SizeStatistics

/// Decides what of two recommendations for a table got worse.
struct ChangeJudge {
    let old: Profile
    let new: Profile

    /// The change of a table.
    func change(_ pair: TablePairing.Pair) -> TableChange {
        let columns = Self.columns(pair.old, pair.new)
        var outlook: RuleOutlook?
        if case .both(let before, let after) = pair {
            outlook = RuleOutlookJudge(old: old, new: new).outlook(of: before, in: after)
        }
        return TableChange(
            pair, columns: columns, outlook: outlook, worsenings: worsenings(pair.old, pair.new, columns))
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
        guard before <= self.old.policy.risk, after.map({ $0 > self.old.policy.risk }) ?? true else {
            return nil
        }
        return .riskAtOldRule(from: before, to: after)
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
        let (before, after) = (byKey(old, of: new?.name), byKey(new, of: new?.name))
        return Set(before.keys).union(after.keys).sorted().map { key in
            let (old, new) = (before[key], after[key])
            return .init(
                relation: key.relation, name: key.name, old: old.map(TableChange.ColumnState.init),
                new: new.map(TableChange.ColumnState.init),
                drift: SizeDrift(old?.profile.measurement, new?.profile.measurement))
        }
    }

    /// The columns by leaf and name; those of the table itself go by one name, whatever it was called before.
    private static func byKey(
        _ table: TableRecommendation?, of name: RelationName?
    ) -> [ColumnKey: ColumnRecommendation] {
        let pairs = (table?.columns ?? []).map { column in
            let isOwn = column.relation == table?.name
            return (
                ColumnKey(
                    relation: isOwn ? name ?? column.relation : column.relation,
                    name: column.profile.column.name), column
            )
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
