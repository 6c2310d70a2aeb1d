/// What an include or exclude rule matches.
package struct SelectionPattern {
    private let schema: MappingPattern
    private let table: MappingPattern
    private let locator: RelationName

    /// nil for another rule, for one without a locator, and for one of views only.
    package init?(_ rule: MappingRule) {
        guard rule.ruleType == .selection, !rule.selectsOnlyViews,
            rule.action == .include || rule.action == .exclude, let locator = rule.locator
        else { return nil }
        schema = MappingPattern(locator.schema)
        table = MappingPattern(locator.name)
        self.locator = locator
    }

    /// Whether it matches a table.
    package func matches(_ name: RelationName) -> Bool {
        schema.matches(name.schema) && table.matches(name.name)
    }

    /// Schema and table as they are written, with a dot between.
    package var text: [UInt8] { locator.schema.bytes + [UInt8(ascii: ".")] + locator.name.bytes }

    /// The one table that a person means who does not think of `_` as a wildcard; nil where another wildcard stands.
    package var literal: RelationName? { locator.isSpellableInMapping ? locator : nil }

    /// The table that was probably meant: it differs by case, or by at most two letters; nil where there is none.
    package func probablyMeant(among names: [RelationName]) -> (name: RelationName, isCase: Bool)? {
        guard let literal else { return nil }
        let folded = Self.folded(literal)
        if let same = names.first(where: { Self.folded($0) == folded }) { return (same, true) }
        return names.first { name in
            let other = Self.folded(name)
            return other[0] == folded[0]
                && EditDistance.between(other[1], folded[1]) <= min(2, folded[1].count / 3)
        }.map { ($0, false) }
    }

    /// Schema and table with ASCII letters in lower case.
    private static func folded(_ name: RelationName) -> [[UInt8]] {
        [name.schema.bytes, name.name.bytes].map { bytes in
            bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        }
    }
}
