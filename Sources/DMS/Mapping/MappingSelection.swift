/// Which tables the selection rules of a mapping choose.
package struct MappingSelection {
    private struct Rule {
        let schema: MappingPattern
        let table: MappingPattern
        let isExclusion: Bool

        func matches(_ name: RelationName) -> Bool {
            schema.matches(name.schema) && table.matches(name.name)
        }
    }

    private let explicit: Set<RelationName>
    private let patterns: [Rule]

    /// Reads the selection rules; those without a locator, and those for views only, select nothing.
    package init(_ document: MappingDocument) {
        let selections = document.rules.filter { $0.ruleType == .selection && !$0.selectsOnlyViews }
        explicit = Set(selections.filter { $0.action == .explicit }.compactMap(\.locator))
        patterns = selections.compactMap { rule in
            guard let locator = rule.locator, rule.action == .include || rule.action == .exclude else {
                return nil
            }
            return Rule(
                schema: MappingPattern(locator.schema), table: MappingPattern(locator.name),
                isExclusion: rule.action == .exclude)
        }
    }

    /// Whether the task migrates the table: something selects it and nothing excludes it.
    package func selects(_ name: RelationName) -> Bool {
        let matching = patterns.filter { $0.matches(name) }
        return (explicit.contains(name) || !matching.isEmpty) && !matching.contains(where: \.isExclusion)
    }
}

extension MappingRule {
    /// Whether `table-type` restricts the rule to views.
    package var selectsOnlyViews: Bool {
        json["object-locator"]?.present("table-type")?.word == "view"
    }
}
