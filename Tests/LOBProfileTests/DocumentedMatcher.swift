import Foundation

/// What a mapping file does to a list of tables, written again from the DMS user guide and read with
/// another JSON parser, so that it can disagree with lobscope.
struct DocumentedMatcher: Decodable {
    let rules: [Rule]

    struct Rule: Decodable {
        let type: String
        let id: String
        let name: String
        let locator: Locator
        let action: String?
        let lob: LOB?

        enum CodingKeys: String, CodingKey {
            case type = "rule-type"
            case id = "rule-id"
            case name = "rule-name"
            case locator = "object-locator"
            case action = "rule-action"
            case lob = "lob-settings"
        }
    }

    struct Locator: Decodable {
        let schema: String
        let table: String

        enum CodingKeys: String, CodingKey {
            case schema = "schema-name"
            case table = "table-name"
        }
    }

    struct LOB: Decodable {
        let mode: String
        /// A string, as AWS's examples have it: a number would not decode.
        let bulkMaxSize: String

        enum CodingKeys: String, CodingKey {
            case mode
            case bulkMaxSize = "bulk-max-size"
        }
    }

    init(_ file: [UInt8]) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(file))
    }

    /// Whether a rule means a table, given as raw bytes.
    static func means(_ rule: Rule, schema: [UInt8], table: [UInt8]) -> Bool {
        if rule.type == "table-settings" || rule.action == "explicit" {
            // One table, exact, case-sensitive, no wildcards; DMS fails the rule otherwise.
            let name = Array(rule.locator.schema.utf8) + Array(rule.locator.table.utf8)
            return !name.contains { "%[]".utf8.contains($0) } && Array(rule.locator.schema.utf8) == schema
                && Array(rule.locator.table.utf8) == table
        }
        guard let schema = String(bytes: schema, encoding: .utf8),
            let table = String(bytes: table, encoding: .utf8)
        else { return false }
        return like(Array(rule.locator.schema.unicodeScalars)[...], Array(schema.unicodeScalars)[...])
            && like(Array(rule.locator.table.unicodeScalars)[...], Array(table.unicodeScalars)[...])
    }

    /// `%` any run, `_` any one character, `[ab]`, `[a-d]`, `[_]` one of a set.
    static func like(_ pattern: ArraySlice<Unicode.Scalar>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "%" {
            return like(pattern.dropFirst(), text) || (!text.isEmpty && like(pattern, text.dropFirst()))
        }
        guard let scalar = text.first else { return false }
        if first == "[", let close = pattern.dropFirst(2).firstIndex(of: "]") {
            let set = Array(pattern[(pattern.startIndex + 1)..<close])
            let isRange = set.count == 3 && set[1] == "-"
            let isMember = isRange ? (set[0]...set[2]).contains(scalar) : set.contains(scalar)
            return isMember && like(pattern[(close + 1)...], text.dropFirst())
        }
        return (first == "_" || first == scalar) && like(pattern.dropFirst(), text.dropFirst())
    }
}
