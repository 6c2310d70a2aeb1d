/// One rule of a table mapping.
///
/// The rule is the JSON object itself, so that a file that a person wrote keeps every key, known or not;
/// what lobscope understands of it is read through properties.
public struct MappingRule: Hashable, Sendable {
    /// The members of the rule's JSON object, in their order.
    public let members: [JSONMember]

    /// `rule-type`, as far as the DMS user guide knows them.
    public enum RuleType: String, Sendable, CaseIterable {
        case selection
        case tableSettings = "table-settings"
        case transformation
        case objectMapping = "object-mapping"
        case validation
        case postProcessing = "post-processing"
    }

    /// `rule-action` of a selection rule.
    public enum Action: String, Sendable, CaseIterable {
        case include, exclude, explicit
    }

    /// Creates a rule from its JSON members.
    public init(members: [JSONMember]) {
        self.members = members
    }

    /// The selection of exactly one table.
    public static func explicit(_ table: RelationName, id: Int) -> MappingRule {
        MappingRule(
            kind: .selection, table: table, id: id,
            last: JSONMember(key: Array("rule-action".utf8), value: .text(Action.explicit.rawValue)))
    }

    /// The LOB settings of exactly one table.
    public static func tableSettings(_ table: RelationName, lob: LOBSettings, id: Int) -> MappingRule {
        MappingRule(
            kind: .tableSettings, table: table, id: id,
            last: JSONMember(key: Array("lob-settings".utf8), value: lob.json))
    }

    private init(kind: RuleType, table: RelationName, id: Int, last: JSONMember) {
        let head = JSONValue.members([
            "rule-type": .text(kind.rawValue),
            "rule-id": .text(String(id)),
            "rule-name": .text(RuleName.derived(kind: kind, table: table, id: id)),
            "object-locator": .members([
                "schema-name": .string(table.schema.bytes),
                "table-name": .string(table.name.bytes),
            ]),
        ])
        members = (head.objectMembers ?? []) + [last]
    }

    /// The rule as JSON.
    public var json: JSONValue { .object(members) }

    /// `rule-type`; nil where it is absent or unknown.
    public var ruleType: RuleType? { json["rule-type"]?.word.flatMap(RuleType.init) }

    /// `rule-id` as a number; nil where it is absent or no number.
    ///
    /// DMS takes 1 and "1".
    public var id: Int? { json["rule-id"]?.integerOrDigits }

    /// `rule-name` as UTF-8; nil where it is absent or no string.
    public var name: [UInt8]? { json["rule-name"]?.stringBytes }

    /// `rule-action` of a selection rule; nil where it is absent or unknown.
    public var action: Action? { json["rule-action"]?.word.flatMap(Action.init) }

    /// What `object-locator` names or matches; nil where a part is absent or no string.
    public var locator: RelationName? {
        guard let locator = json["object-locator"], let schema = locator["schema-name"]?.stringBytes,
            let table = locator["table-name"]?.stringBytes
        else { return nil }
        return RelationName(schema: Identifier(bytes: schema), name: Identifier(bytes: table))
    }

    /// The settings of a table-settings rule; nil where there are none, or none that DMS could take.
    public var lobSettings: LOBSettings? {
        json.present("lob-settings").flatMap(LOBSettings.init(json:))
    }
}
