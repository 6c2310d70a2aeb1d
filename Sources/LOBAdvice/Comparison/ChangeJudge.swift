/// Finds what of two recommendations for a table may have got worse, and how that is known.
struct ChangeJudge {
    private let old: Profile
    private let new: Profile
    private let oldRecommender: Recommender
    private let recommender: Recommender

    init(old: Profile, new: Profile, by recommenders: (old: Recommender, new: Recommender)) {
        self.old = old
        self.new = new
        (oldRecommender, recommender) = recommenders
    }

    /// What differs of a table.
    func draft(_ pair: TablePairing.Pair) -> TableDraft {
        let columns = Self.columns(pair.old, pair.new)
        var outlook: RuleOutlook?
        if case .both(let before, let after) = pair {
            outlook = RuleOutlookJudge(old: old, new: new, recommender: recommender)
                .outlook(of: before, in: after)
        }
        return TableDraft(
            pair: pair, columns: columns, outlook: outlook,
            candidates: candidates(pair.old, pair.new, columns))
    }

    private func candidates(
        _ old: TableRecommendation?, _ new: TableRecommendation?, _ columns: [ColumnDraft]
    ) -> [TableDraft.Candidate] {
        guard let new, new.hasLOBs, new.isMigrated || old != nil else { return [] }
        guard let old, old.hasLOBs else { return [.init(worsening: .newTable, ground: .fact)] }
        let ground: TableDraft.Ground =
            cuts(old, new) || !isPolicyTheSame ? .fact : .estimates
        // A rule that rests on nothing is no change: that it is not known any more is said of the columns.
        let isCompared = old.isMeasured && new.isMeasured
        let ofTable =
            isCompared ? [Self.ruleWorsening(from: old, to: new), riskWorsening(from: old, to: new)] : []
        return columns.indices.flatMap { Self.candidates(columns[$0].change, at: $0) }
            + ofTable.compactMap { $0.map { .init(worsening: $0, ground: ground) } }
    }

    /// Whether the old rule cuts a value that was read now.
    private func cuts(_ old: TableRecommendation, _ new: TableRecommendation) -> Bool {
        guard case .limited(let limit) = old.lobSettings else { return false }
        return new.lobColumns.contains { column in
            column.estimate.largest.map { $0 > recommender.size(within: limit, of: column) } ?? false
        }
    }

    /// Whether a rule that differs cannot differ because people want something else.
    private var isPolicyTheSame: Bool {
        var (before, after) = (old.policy, new.policy)
        (before.limit, after.limit) = (nil, nil)
        return before == after && old.deployment?.target == new.deployment?.target
    }

    /// What a column alone says: a limit that is not known any more, or a value that is larger than all values were
    /// or, where those were not all known, than what was expected of them.
    private static func candidates(
        _ column: TableChange.ColumnChange, at index: Int
    ) -> [TableDraft.Candidate] {
        guard let new = column.new, let old = column.old else { return [] }
        var found: [TableDraft.Candidate] = []
        if old.limit != nil, new.limit == nil {
            found.append(.init(worsening: .noLongerKnown(column: column.name), ground: .estimate(of: index)))
        }
        let known = old.isCounted ? old.largest ?? ByteCount(0) : old.limit
        if let known, let largest = new.largest, largest > known {
            found.append(
                .init(
                    worsening: .largerValue(
                        column: column.name, from: old.largestSize, to: new.largestSize),
                    ground: old.isCounted ? .fact : .size(of: index)))
        }
        return found
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
        guard case .limited(let limit) = old.lobSettings,
            let before = oldRecommender.risk(of: old, at: limit, .rule)
        else { return nil }
        let after = recommender.risk(of: new, at: limit, .rule)
        guard before <= self.old.policy.risk, after.map({ $0 > self.old.policy.risk }) ?? true else {
            return nil
        }
        return .riskAtOldRule(from: old.risk, to: recommender.risk(of: new, at: limit))
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
    ) -> [ColumnDraft] {
        let (before, after) = (byKey(old, of: new?.name), byKey(new, of: new?.name))
        return Set(before.keys).union(after.keys).sorted().map { draft($0, before[$0], after[$0]) }
    }

    private static func draft(
        _ key: ColumnKey, _ old: ColumnRecommendation?, _ new: ColumnRecommendation?
    ) -> ColumnDraft {
        let measurements = [old, new].map { $0?.profile.measurement }
        let change = TableChange.ColumnChange(
            relation: key.relation, name: key.name, old: old.map(TableChange.ColumnState.init),
            new: new.map(TableChange.ColumnState.init),
            drift: SizeDrift(measurements[0] ?? nil, measurements[1] ?? nil))
        let isMeasured = measurements.allSatisfy { $0 != nil }
        return ColumnDraft(
            change: change, isLOB: [old, new].contains { $0?.profile.column.lobClass ?? .none != .none },
            dependsOnDraw: isMeasured && measurements.contains { $0?.dependsOnDraw ?? false }
                && measurements.allSatisfy { $0.map { $0.unreadBlocks + $0.unreadRows == 0 } ?? false },
            sizeProbability: sizeProbability(old, new))
    }

    private static func sizeProbability(_ old: ColumnRecommendation?, _ new: ColumnRecommendation?) -> Double?
    {
        guard let old = old?.estimate, !old.isCounted, let limit = old.limit,
            let largest = new?.estimate.largest, largest > limit
        else { return nil }
        return old.risk.model(above: largest) ?? 1
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
