/// What can be wrong within one rule of a mapping.
struct RuleCheck {
    let rule: MappingRule
    let index: Int

    private static let commonKeys = ["rule-type", "rule-id", "rule-name", "rule-action", "object-locator"]
    private static let longestLoadOrder = 2_147_483_647
    private static let exactNameRemedy =
        "write the exact name; a name that itself holds %, [ or ] cannot be migrated by such a rule"

    var violations: [MappingViolation] {
        guard let type = rule.ruleType else {
            let known = MappingRule.RuleType.allCases.map(\.rawValue).joined(separator: ", ")
            return [
                violation(
                    .ruleTypeUnknown, "has no rule-type that DMS knows", remedy: "use one of \(known)")
            ]
        }
        return identity
            + {
                switch type {
                case .selection: locator + selection
                case .tableSettings: locator + tableSettings
                case .transformation, .objectMapping, .validation, .postProcessing: []
                }
            }()
    }

    private func violation(_ kind: MappingViolation.Kind, _ message: String, remedy: String)
        -> MappingViolation
    {
        rule.violation(kind, at: index, message, remedy: remedy)
    }

    private var identity: [MappingViolation] {
        var found: [MappingViolation] = []
        if rule.id.map({ $0 < 1 }) ?? true {
            found.append(
                violation(.ruleIDInvalid, "has no numeric rule-id", remedy: "give it a number of its own"))
        }
        let isNameUsable =
            rule.name.map { name in
                !name.isEmpty && name.allSatisfy { RuleName.isPlain($0) || $0 == UInt8(ascii: "-") }
            } ?? false
        if !isNameUsable {
            found.append(
                violation(
                    .ruleNameInvalid, "has no rule-name of letters, digits, _ and -",
                    remedy: "give it an alphanumeric name"))
        }
        return found
    }

    private var locator: [MappingViolation] {
        guard let object = rule.json.present("object-locator") else {
            return [
                violation(
                    .objectLocatorMissing, "has no object-locator", remedy: "name the schema and the table")
            ]
        }
        let unknown = unknownKeys(
            of: object, known: ["schema-name", "table-name", "table-type"], in: "object-locator")
        guard let name = rule.locator, !name.schema.bytes.isEmpty, !name.name.bytes.isEmpty else {
            return unknown + [
                violation(
                    .objectNameMissing, "has no schema-name or no table-name", remedy: "write both as strings"
                )
            ]
        }
        guard rule.ruleType == .tableSettings || rule.action == .explicit, !name.isSpellableInMapping else {
            return unknown
        }
        return unknown + [
            violation(
                .exactNameRequired, "has a name with a wildcard where one exact table is wanted",
                remedy: Self.exactNameRemedy)
        ]
    }

    private var selection: [MappingViolation] {
        var found = unknownKeys(
            of: rule.json, known: Self.commonKeys + ["load-order", "filters"], in: "selection rule")
        if rule.action == nil {
            found.append(
                violation(
                    .ruleActionUnknown, "has no rule-action that DMS knows",
                    remedy: "use include, exclude or explicit"))
        }
        if let order = rule.json.present("load-order"),
            !(1...Self.longestLoadOrder).contains(order.integerOrDigits ?? 0)
        {
            found.append(
                violation(
                    .loadOrderInvalid,
                    "has a load-order that is not a number from 1 to \(Self.longestLoadOrder)",
                    remedy: "correct or remove it"))
        }
        if let type = rule.json["object-locator"]?.present("table-type"),
            !["table", "view", "all"].contains(type.word ?? "")
        {
            found.append(
                violation(.tableTypeUnknown, "has an unknown table-type", remedy: "use table, view or all"))
        }
        if let filters = rule.json.present("filters")?.elements, !filters.isEmpty, rule.action != .include {
            found.append(
                violation(
                    .filtersIgnored, "has filters, which DMS applies in include rules only",
                    remedy: "use rule-action include"))
        }
        return found
    }

    private var tableSettings: [MappingViolation] {
        var found = unknownKeys(
            of: rule.json, known: Self.commonKeys + ["lob-settings", "parallel-load"],
            in: "table-settings rule")
        if let settings = rule.json.present("lob-settings") {
            found += LOBSettingsCheck(rule, index, settings).violations
        }
        if let load = rule.json.present("parallel-load")?.present("type")?.word, load != "ranges",
            load != "none"
        {
            found.append(
                violation(
                    .parallelLoadUnsupported, "has a parallel-load that PostgreSQL sources do not take",
                    remedy: "use the type ranges"))
        }
        if let fault = rule.parallelLoad?.fault {
            found.append(
                violation(
                    .parallelLoadInvalid, fault,
                    remedy: "give each boundary one value for each column, or remove parallel-load"))
        }
        return found
    }

    /// Keys that DMS does not document.
    ///
    /// Keys whose value is null, and lists of filters without any, are left alone: AWS adds such keys.
    private func unknownKeys(of object: JSONValue, known: [String], in place: String) -> [MappingViolation] {
        let unknown = (object.objectMembers ?? []).filter { member in
            member.value != .null && !known.contains { member.key.elementsEqual($0.utf8) }
                && !(member.key.elementsEqual("filters".utf8) && member.value == .array([]))
        }
        return unknown.map { FrequentMistake(key: $0.key, place: place).violation(of: rule, at: index) }
    }
}
