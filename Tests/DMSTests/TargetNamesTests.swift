import Testing

@testable import DMS

@Suite struct TargetNamesTests {
    private func names(_ rules: String, of table: String) throws -> [String] {
        let parts = table.split(separator: ".").map { Identifier(String($0)) }
        let document = try MappingDocument(parsing: Array("{\"rules\": [\(rules)]}".utf8))
        return TargetNames(document).names(of: RelationName(schema: parts[0], name: parts[1]))
            .map(\.losslessText)
    }

    private func rule(
        _ target: String, _ action: String, schema: String = "%", table: String? = nil, value: String? = nil,
        old: String? = nil
    ) -> String {
        let members = [value.map { "\"value\": \"\($0)\"" }, old.map { "\"old-value\": \"\($0)\"" }]
            .compactMap(\.self)
        let name = table.map { ", \"table-name\": \"\($0)\"" } ?? ""
        let head =
            "\"rule-type\": \"transformation\", \"rule-target\": \"\(target)\", \"rule-action\": \"\(action)\""
        return "{"
            + ([head, "\"object-locator\": {\"schema-name\": \"\(schema)\"\(name)}"] + members).joined(
                separator: ", ")
            + "}"
    }

    @Test func eachActionOfTheGuideIsKnown() throws {
        let table = { (action: String, value: String?, old: String?) in
            self.rule("table", action, table: "%", value: value, old: old)
        }
        #expect(try names(table("rename", "new", nil), of: "App.Orders") == ["App.new"])
        #expect(try names(table("convert-lowercase", nil, nil), of: "App.Orders") == ["App.orders"])
        #expect(try names(table("convert-uppercase", nil, nil), of: "App.Orders") == ["App.ORDERS"])
        #expect(try names(table("add-prefix", "x_", nil), of: "App.Orders") == ["App.x_Orders"])
        #expect(try names(table("add-suffix", "_x", nil), of: "App.Orders") == ["App.Orders_x"])
        #expect(try names(table("remove-prefix", "Ord", nil), of: "App.Orders") == ["App.ers"])
        #expect(try names(table("remove-suffix", "ers", nil), of: "App.Orders") == ["App.Ord"])
        #expect(try names(table("replace-prefix", "P", "Ord"), of: "App.Orders") == ["App.Pers"])
        #expect(try names(table("replace-suffix", "s", "ers"), of: "App.Orders") == ["App.Ords"])
        // What does not begin or end so keeps its name, as does one that no rule concerns.
        #expect(try names(table("remove-prefix", "x", nil), of: "App.Orders") == ["App.Orders"])
        #expect(try names(table("no-such-action", "x", nil), of: "App.Orders") == ["App.Orders"])
        #expect(try names(rule("table", "rename", schema: "x", table: "%", value: "y"), of: "a.b") == ["a.b"])
    }

    @Test func schemasAndTablesAreRenamedByThemselves() throws {
        let rules = [
            rule("schema", "rename", schema: "app", value: "shop"),
            rule("table", "add-suffix", table: "ord%", value: "_v2"),
            rule("column", "rename", table: "orders", value: "nothing"),
        ]
        #expect(try names(rules.joined(separator: ","), of: "app.orders") == ["shop.orders_v2"])
        #expect(try names(rules.joined(separator: ","), of: "app.events") == ["shop.events"])
    }

    /// The guide allows one action for an object; which of two counts it does not say.
    @Test func rulesThatContradictEachOtherGiveSeveralNames() throws {
        let rules = [
            rule("table", "convert-lowercase", table: "%"),
            rule("table", "rename", table: "Orders", value: "o"),
        ]
        #expect(try names(rules.joined(separator: ","), of: "app.Orders") == ["app.orders", "app.o"])
    }
}
