/// What the transformation rules of a mapping do with columns.
///
/// After the DMS user guide, transformation rules and actions: `remove-column` leaves a column out, `include-column` leaves
/// out all others of its table, and the only transformation of a LOB that is supported is to leave it out.
package struct ColumnRules {
    /// What becomes of a column.
    package enum Fate: Hashable {
        /// Left out, by the rule at a position.
        case removed(rule: Int)
        /// Other actions, such as `rename`, each with the position of its rule.
        case transformed([Action])
    }

    /// What a rule does to a column.
    package struct Action: Hashable {
        package let rule: Int
        package let name: String
    }

    private struct Rule {
        let index: Int
        let schema: MappingPattern
        let table: MappingPattern
        let column: MappingPattern
        let action: String

        func concerns(_ name: RelationName) -> Bool {
            schema.matches(name.schema) && table.matches(name.name)
        }
    }

    private let rules: [Rule]

    /// Reads the transformations of columns; those that name no column do nothing.
    package init(_ document: MappingDocument) {
        rules = document.rules.enumerated().compactMap { index, rule in
            guard rule.ruleType == .transformation, rule.json["rule-target"]?.word == "column",
                let locator = rule.locator, let action = rule.json["rule-action"]?.word,
                let column = rule.json["object-locator"]?["column-name"]?.stringBytes
            else { return nil }
            return Rule(
                index: index, schema: MappingPattern(locator.schema), table: MappingPattern(locator.name),
                column: MappingPattern(Identifier(bytes: column)), action: action)
        }
    }

    /// What becomes of the columns of a table; those that no rule concerns are absent.
    package func fates(of columns: [Identifier], in table: RelationName) -> [Identifier: Fate] {
        let own = rules.filter { $0.concerns(table) }
        guard !own.isEmpty else { return [:] }
        let including = own.filter { $0.action == "include-column" }
        var fates: [Identifier: Fate] = [:]
        for column in columns {
            let matching = own.filter { $0.column.matches(column) }
            if let removing = matching.first(where: { $0.action == "remove-column" }) {
                fates[column] = .removed(rule: removing.index)
            } else if let first = including.first, !matching.contains(where: { $0.action == first.action }) {
                fates[column] = .removed(rule: first.index)
            } else {
                let others = matching.filter { $0.action != "include-column" }
                guard !others.isEmpty else { continue }
                fates[column] = .transformed(others.map { Action(rule: $0.index, name: $0.action) })
            }
        }
        return fates
    }
}
