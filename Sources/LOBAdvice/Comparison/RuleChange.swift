/// How one rule of the mapping differs.
public struct RuleChange: Sendable, Equatable {
    /// The table that the rule names.
    public let table: RelationName
    public let kind: MappingRule.RuleType
    /// The rule before; nil where it is new.
    public let old: MappingRule?
    /// The rule after; nil where it is gone.
    public let new: MappingRule?

    /// The rules that differ between two mappings of lobscope, in the order of tables; ids and names of rules do
    /// not count.
    ///
    /// - Parameter ignored: relations of which only one of the mappings could know.
    static func changes(
        from old: MappingDocument, to new: MappingDocument, without ignored: Set<RelationName>
    ) -> [RuleChange] {
        let (before, after) = (byPlace(old), byPlace(new))
        return Set(before.keys).union(after.keys).sorted().compactMap { place in
            guard !ignored.contains(place.table) else { return nil }
            let (old, new) = (before[place], after[place])
            guard old?.json["lob-settings"] != new?.json["lob-settings"] || (old == nil) != (new == nil)
            else { return nil }
            return RuleChange(table: place.table, kind: place.kind, old: old, new: new)
        }
    }

    private struct Place: Hashable, Comparable {
        let table: RelationName
        let kind: MappingRule.RuleType

        static func < (left: Place, right: Place) -> Bool {
            left.table == right.table
                ? left.kind == .selection && right.kind != .selection : left.table < right.table
        }
    }

    private static func byPlace(_ mapping: MappingDocument) -> [Place: MappingRule] {
        let pairs = mapping.rules.compactMap { rule -> (Place, MappingRule)? in
            guard let table = rule.locator, let kind = rule.ruleType else { return nil }
            return (Place(table: table, kind: kind), rule)
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
