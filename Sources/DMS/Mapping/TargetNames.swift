/// What transformation rules make of the names of tables on the target.
///
/// After the DMS user guide, transformation rules and actions: `rename`, `convert-lowercase`, `convert-uppercase`, and to add,
/// remove or replace a prefix or suffix, of schemas and of tables. At most one action may be applied to an object; where
/// rules break that, which of them counts is not documented, so each is taken to be possible.
package struct TargetNames {
    private struct Rule {
        let schema: MappingPattern
        /// nil for a rule of schemas.
        let table: MappingPattern?
        let action: Action
    }

    private let rules: [Rule]

    /// Reads the transformations of schemas and tables; those that cannot be read change nothing.
    package init(_ document: MappingDocument) {
        rules = document.rules.compactMap { rule in
            guard rule.ruleType == .transformation, let target = rule.json["rule-target"]?.word,
                target == "schema" || target == "table", let action = Action(rule.json),
                let schema = rule.json["object-locator"]?["schema-name"]?.stringBytes
            else { return nil }
            let table = rule.json["object-locator"]?["table-name"]?.stringBytes
            guard target == "schema" || table != nil else { return nil }
            return Rule(
                schema: MappingPattern(Identifier(bytes: schema)),
                table: target == "schema" ? nil : table.map { MappingPattern(Identifier(bytes: $0)) },
                action: action)
        }
    }

    /// Whether any rule changes a name.
    package var isEmpty: Bool { rules.isEmpty }

    /// What a table of the source may be called on the target; one name unless rules contradict each other.
    package func names(of table: RelationName) -> [RelationName] {
        let own = rules.filter { $0.schema.matches(table.schema) }
        let schemas = Self.results(own.filter { $0.table == nil }, of: table.schema)
        let tables = Self.results(own.filter { $0.table?.matches(table.name) ?? false }, of: table.name)
        return schemas.flatMap { schema in tables.map { RelationName(schema: schema, name: $0) } }
    }

    private static func results(_ rules: [Rule], of name: Identifier) -> [Identifier] {
        guard !rules.isEmpty else { return [name] }
        var results: [Identifier] = []
        for result in rules.map({ $0.action.apply(to: name) }) where !results.contains(result) {
            results.append(result)
        }
        return results
    }

    private enum Action {
        case rename([UInt8])
        case lowercase, uppercase
        case addPrefix([UInt8]), addSuffix([UInt8])
        case replacePrefix([UInt8], with: [UInt8]), replaceSuffix([UInt8], with: [UInt8])

        init?(_ rule: JSONValue) {
            let value = rule["value"]?.stringBytes
            let old = rule["old-value"]?.stringBytes
            switch (rule["rule-action"]?.word, value, old) {
            case ("rename", let value?, _): self = .rename(value)
            case ("convert-lowercase", _, _): self = .lowercase
            case ("convert-uppercase", _, _): self = .uppercase
            case ("add-prefix", let value?, _): self = .addPrefix(value)
            case ("add-suffix", let value?, _): self = .addSuffix(value)
            case ("remove-prefix", let value?, _): self = .replacePrefix(value, with: [])
            case ("remove-suffix", let value?, _): self = .replaceSuffix(value, with: [])
            case ("replace-prefix", let value?, let old?): self = .replacePrefix(old, with: value)
            case ("replace-suffix", let value?, let old?): self = .replaceSuffix(old, with: value)
            default: return nil
            }
        }

        func apply(to name: Identifier) -> Identifier {
            let bytes = name.bytes
            switch self {
            case .rename(let value): return Identifier(bytes: value)
            case .lowercase: return name.text.map { Identifier($0.lowercased()) } ?? name
            case .uppercase: return name.text.map { Identifier($0.uppercased()) } ?? name
            case .addPrefix(let value): return Identifier(bytes: value + bytes)
            case .addSuffix(let value): return Identifier(bytes: bytes + value)
            case .replacePrefix(let old, let value):
                return bytes.starts(with: old) ? Identifier(bytes: value + bytes.dropFirst(old.count)) : name
            case .replaceSuffix(let old, let value):
                let isEnd = bytes.suffix(old.count).elementsEqual(old)
                return isEnd ? Identifier(bytes: bytes.dropLast(old.count) + value) : name
            }
        }
    }
}
