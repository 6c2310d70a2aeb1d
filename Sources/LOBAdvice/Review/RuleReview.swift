/// Selection rules that match no table of the profile, or more than they name.
struct RuleReview {
    private let task: DeployedTask
    private let names: [RelationName]
    private let roots: Set<RelationName>

    init(task: DeployedTask, relations: [Relation]) {
        self.task = task
        names = relations.map(\.name)
        roots = Set(relations.compactMap(\.root))
    }

    var findings: [Finding] {
        let patterns = task.mapping.rules.enumerated().compactMap { index, rule in
            SelectionPattern(rule).map { (index, rule, $0) }
        }
        return patterns.flatMap { index, rule, pattern -> [Finding] in
            let matching = names.filter(pattern.matches)
            let label = rule.label(at: index)
            guard !matching.isEmpty else {
                guard let root = ofRoot(pattern, label) else { return [matchesNothing(pattern, label)] }
                // To leave out a partitioned table itself does no harm.
                return rule.action == .exclude ? [] : [root]
            }
            return matchesMore(pattern, matching, label)
        }
    }

    /// A partitioned table is not among the tables that DMS reads; its partitions are.
    private func ofRoot(_ pattern: SelectionPattern, _ label: String) -> Finding? {
        roots.filter(pattern.matches).min().map { root in
            LintID.rootInsteadOfLeaves.finding(
                .error, root.losslessText, .rule(.ofRoot(rule: label)), .source)
        }
    }

    private func matchesNothing(_ pattern: SelectionPattern, _ label: String) -> Finding {
        let isPlaceholder = ["${", "{{", "<"].contains { mark in
            pattern.text.firstRange(of: Array(mark.utf8)) != nil
        }
        let reason: RuleFinding.NoMatch =
            if isPlaceholder {
                .template
            } else if let meant = pattern.probablyMeant(among: names + roots.sorted()) {
                meant.isCase ? .otherCase(meant.name) : .misspelt(meant.name)
            } else {
                .unknown
            }
        return LintID.ruleMatchesNothing.finding(
            .warning, label, .rule(.matchesNothing(reason)), .wildcards)
    }

    /// `_` is any character, and a name with one was written as if it were itself.
    private func matchesMore(
        _ pattern: SelectionPattern, _ matching: [RelationName], _ label: String
    ) -> [Finding] {
        guard let literal = pattern.literal, matching.contains(literal) else { return [] }
        let others = matching.filter { $0 != literal }.sorted()
        guard let first = others.first else { return [] }
        return [
            LintID.ruleMatchesMore.finding(
                .warning, label, .rule(.matchesMore(first, others: others.count - 1)), .wildcards)
        ]
    }
}
