/// A DMS table mapping: which tables a task migrates, and how.
public struct MappingDocument: Hashable, Sendable {
    public let rules: [MappingRule]
    /// Members of the document beside `rules`, kept as they are.
    public let otherMembers: [JSONMember]

    /// The largest document that DMS takes, in bytes (DMS user guide, table mapping: 2 MB, read as the
    /// smaller decimal megabytes).
    public static let largestDocument = 2_000_000

    /// Creates a document from rules.
    public init(rules: [MappingRule], otherMembers: [JSONMember] = []) {
        self.rules = rules
        self.otherMembers = otherMembers
    }

    /// One `explicit` selection for every table, then `table-settings` for each with LOB settings, both in
    /// the order of names.
    ///
    /// Explicit, because `include` takes names as patterns. Tables whose names cannot be spelled are left
    /// out: say so with the finding `name-not-spellable`. Of a table that is given twice the last settings
    /// count.
    public init(tables: [MappingTable]) {
        let distinct = Dictionary(tables.map { ($0.name, $0) }) { _, last in last }
        let sorted = distinct.values.filter(\.isSpellable).sorted { $0.name < $1.name }
        var taken: Set<Int> = []
        let selections = sorted.map { table in
            let wanted = RuleID.wanted(kind: .selection, table: table.name)
            return MappingRule.explicit(table.name, id: RuleID.free(from: wanted, taken: &taken))
        }
        let settings = sorted.compactMap { table -> MappingRule? in
            guard let lob = table.lobSettings else { return nil }
            let wanted = RuleID.wanted(kind: .tableSettings, table: table.name)
            return .tableSettings(table.name, lob: lob, id: RuleID.free(from: wanted, taken: &taken))
        }
        self.init(rules: selections + settings)
    }

    /// Whether any rule selects a table: AWS refuses a mapping without one.
    public var hasSelection: Bool { rules.contains { $0.ruleType == .selection } }

    /// The document as a JSON value, `rules` first.
    public var json: JSONValue {
        let rules = JSONMember(key: Array("rules".utf8), value: .array(rules.map(\.json)))
        return .object([rules] + otherMembers)
    }

    /// The document as a file: indented, or without spaces where only that fits ``largestDocument``.
    public var jsonBytes: [UInt8] {
        let pretty = json.prettyBytes
        return pretty.count <= Self.largestDocument ? pretty : json.compactBytes
    }

    /// Reads a mapping file.
    ///
    /// - Throws: ``MappingError`` where there is no list of rules; what is wrong with a rule is for
    ///   ``MappingValidator`` to say.
    public init(parsing bytes: [UInt8]) throws(MappingError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .invalidJSON(error)
        }
        try self.init(json: json)
    }

    /// Reads a mapping that is already a JSON value.
    public init(json: JSONValue) throws(MappingError) {
        guard let rules = json["rules"]?.elements else { throw .noRules }
        var read: [MappingRule] = []
        for (position, rule) in rules.enumerated() {
            guard let members = rule.objectMembers else { throw .ruleIsNoObject(position: position) }
            read.append(MappingRule(members: members))
        }
        let others = (json.objectMembers ?? []).filter { !$0.key.elementsEqual("rules".utf8) }
        self.init(rules: read, otherMembers: others)
    }
}
