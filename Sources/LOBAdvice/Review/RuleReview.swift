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

    /// What to do about a rule for a partitioned table.
    static let selectLeaves = "use the recommended mapping, which selects the leaf partitions"

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
                .error, root.losslessText,
                "\"\(root.losslessText)\" is partitioned, and \(label) matches none of its partitions",
                remedy: Self.selectLeaves,
                reference: GuidePage.source)
        }
    }

    private func matchesNothing(_ pattern: SelectionPattern, _ label: String) -> Finding {
        let isPlaceholder = ["${", "{{", "<"].contains { mark in
            pattern.text.firstRange(of: Array(mark.utf8)) != nil
        }
        let (reason, remedy): (String, String)
        if isPlaceholder {
            (reason, remedy) = (
                "it looks like a template that was not filled in", "fill in the names, or remove the rule"
            )
        } else if let meant = pattern.probablyMeant(among: names + roots.sorted()) {
            (reason, remedy) = (
                (meant.isCase ? "names count case, and there is " : "there is no such table, but ")
                    + "\"\(meant.name.losslessText)\"",
                "write the name as it is, or remove the rule"
            )
        } else {
            (reason, remedy) = (
                "it does nothing, or the profile leaves its tables out",
                "remove the rule, or profile the schema that it names"
            )
        }
        return LintID.ruleMatchesNothing.finding(
            .warning, label, "\(label) matches no table of the profile: \(reason)", remedy: remedy,
            reference: GuidePage.wildcards)
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
                .warning, label,
                "\(label) also matches \"\(first.losslessText)\""
                    + (others.count > 1 ? " and \(others.count - 1) more" : "")
                    + ": in include and exclude rules _ stands for any one character",
                remedy:
                    "write [_] for each underscore, or use rule-action explicit for a table to be selected",
                reference: GuidePage.wildcards)
        ]
    }
}
