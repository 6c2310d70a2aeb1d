/// Which tables the selection rules of a mapping choose.
package struct MappingSelection {
    /// What the selection rules say of one table.
    package struct Answer: Hashable {
        /// Positions of the rules that include or name it, in their order.
        package let selectedBy: [Int]
        /// Positions of the rules that exclude it.
        package let excludedBy: [Int]
        /// Whether a rule that includes it lets only some of its rows through.
        package let isFiltered: Bool

        /// Whether the task migrates the table: something selects it and nothing excludes it.
        package var isSelected: Bool { !selectedBy.isEmpty && excludedBy.isEmpty }
    }

    private struct Rule {
        let index: Int
        let pattern: SelectionPattern
        let isExclusion: Bool
        let isFiltered: Bool
    }

    private let explicit: [RelationName: [Int]]
    private let patterns: [Rule]

    /// Reads the selection rules; those without a locator, and those for views only, select nothing.
    package init(_ document: MappingDocument) {
        let selections = document.rules.enumerated().filter {
            $0.element.ruleType == .selection && !$0.element.selectsOnlyViews
        }
        let named = selections.filter { $0.element.action == .explicit }.compactMap { index, rule in
            rule.locator.map { ($0, [index]) }
        }
        explicit = Dictionary(named, uniquingKeysWith: +)
        patterns = selections.compactMap { index, rule in
            SelectionPattern(rule).map { pattern in
                Rule(
                    index: index, pattern: pattern, isExclusion: rule.action == .exclude,
                    isFiltered: rule.hasFilters)
            }
        }
    }

    /// What the rules say of a table.
    package func answer(for name: RelationName) -> Answer {
        let matching = patterns.filter { $0.pattern.matches(name) }
        let including = matching.filter { !$0.isExclusion }
        return Answer(
            selectedBy: (including.map(\.index) + (explicit[name] ?? [])).sorted(),
            excludedBy: matching.filter(\.isExclusion).map(\.index),
            isFiltered: including.contains(where: \.isFiltered))
    }

    /// Whether the task migrates the table.
    package func selects(_ name: RelationName) -> Bool { answer(for: name).isSelected }
}

extension MappingRule {
    /// Whether `table-type` restricts the rule to views.
    package var selectsOnlyViews: Bool {
        json["object-locator"]?.present("table-type")?.word == "view"
    }

    /// The columns by which the rule filters.
    package var filterColumns: Set<[UInt8]> {
        Set((json.present("filters")?.elements ?? []).compactMap { $0["column-name"]?.stringBytes })
    }

    /// Whether the rule lets only some rows through.
    package var hasFilters: Bool { !(json.present("filters")?.elements ?? []).isEmpty }
}
