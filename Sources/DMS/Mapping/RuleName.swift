/// Readable rule names in [A-Za-z0-9_-]: the DMS user guide asks for unique alphanumeric names.
enum RuleName {
    /// `schema-table`, with `-lob` behind it for a table-settings rule.
    ///
    /// Where a name holds another character, that becomes `_` and the rule's id keeps the name unique:
    /// plain names have no hyphen inside their parts, so the forms cannot meet.
    static func derived(kind: MappingRule.RuleType, table: RelationName, id: Int) -> String {
        var parts = [plain(table.schema), plain(table.name)]
        if !isPlain(table.schema) || !isPlain(table.name) { parts.append(String(id)) }
        if kind == .tableSettings { parts.append("lob") }
        return parts.joined(separator: "-")
    }

    private static func isPlain(_ name: Identifier) -> Bool {
        name.bytes.allSatisfy(isPlain)
    }

    private static func plain(_ name: Identifier) -> String {
        String(decoding: name.bytes.map { isPlain($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
    }

    static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
