/// What can be wrong between the rules of a mapping.
struct DocumentCheck {
    let document: MappingDocument

    var violations: [MappingViolation] {
        missingSelection + repeatedIDs + repeatedNames + repeatedSettings + settingsWithoutSelection
    }

    private var missingSelection: [MappingViolation] {
        guard !document.rules.contains(where: { $0.ruleType == .selection }) else { return [] }
        return [
            MappingViolation(
                kind: .selectionMissing, ruleIndex: nil, ruleID: nil, subject: "table mapping",
                message: "table mapping selects no table",
                remedy: "add a rule of the type selection for every table: other rules select nothing")
        ]
    }

    private var repeatedIDs: [MappingViolation] {
        repeated(\.id).map { index, rule in
            rule.violation(
                .ruleIDRepeated, at: index, "has the rule-id of another rule",
                remedy: "give every rule an id of its own, whatever its type")
        }
    }

    private var repeatedNames: [MappingViolation] {
        repeated(\.name).map { index, rule in
            rule.violation(
                .ruleNameRepeated, at: index, "has the rule-name of another rule",
                remedy: "give every rule a name of its own; AWS takes repeated names, the guide does not")
        }
    }

    private var repeatedSettings: [MappingViolation] {
        repeated { $0.ruleType == .tableSettings ? $0.locator : nil }.map { index, rule in
            rule.violation(
                .settingsRepeated, at: index,
                "is a second table-settings rule for its table: which one counts is not known",
                remedy: "keep one of them")
        }
    }

    private var settingsWithoutSelection: [MappingViolation] {
        let selection = MappingSelection(document)
        return document.rules.enumerated().compactMap { index, rule in
            guard rule.ruleType == .tableSettings, let locator = rule.locator, !selection.selects(locator)
            else {
                return nil
            }
            return rule.violation(
                .settingsWithoutSelection, at: index, "has settings for a table that no rule selects",
                remedy: "add a selection rule for the table, or remove its settings")
        }
    }

    /// The rules whose key an earlier rule has already.
    private func repeated<Key: Hashable>(
        _ key: (MappingRule) -> Key?
    ) -> [(offset: Int, element: MappingRule)] {
        var seen: Set<Key> = []
        return document.rules.enumerated().filter {
            key($0.element).map { !seen.insert($0).inserted } ?? false
        }
    }
}

extension MappingRule {
    /// A violation of this rule.
    func violation(
        _ kind: MappingViolation.Kind, at index: Int, _ message: String, remedy: String
    ) -> MappingViolation {
        let subject = label(at: index)
        return MappingViolation(
            kind: kind, ruleIndex: index, ruleID: id, subject: subject, message: "\(subject) \(message)",
            remedy: remedy)
    }

    /// The rule for people, such as `rule 3`; one without an id by its position.
    package func shortLabel(at index: Int) -> String {
        "rule " + (id.map { "\($0)" } ?? "number \(index + 1)")
    }

    /// The rule with what it names, such as `rule 3 (app.orders)`; one without an id by its position.
    package func label(at index: Int) -> String {
        shortLabel(at: index) + (locator.map { " (\($0.losslessText))" } ?? "")
    }
}
