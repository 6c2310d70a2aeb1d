import DMS
import Foundation
import LOBAdvice
import TestSupport
import Testing

/// What a task does with tables, held against an implementation of the tests' own: `dms_reference.py`, written from the DMS user
/// guide by somebody who did not see ours.
struct ReferenceTests {
    private struct Verdict: Decodable, Equatable {
        let selected: Bool
        let treatment: String?
    }

    private static let schemas = ["s", "app", "a_b", "S"]
    private static let names = [
        "t", "order", "orders", "order_1", "orderx1", "Order", "ordér", "a%b", "[x]", "数",
    ]

    @Test func tenThousandRandomTasksAreJudgedAlike() throws {
        var random = SeededGenerator(seed: 2311)
        var (lines, ours): ([String], [[Verdict]]) = ([], [])
        let tables = Self.schemas.flatMap { schema in Self.names.map { (schema, $0) } }
        for _ in 0..<10_000 {
            let mapping = Self.mapping(&random)
            let settings = Self.settings(&random)
            let target = [TargetEngine.postgres, .s3].randomElement(using: &random) ?? .postgres
            lines.append(Self.line(mapping, settings, target, tables))
            ours.append(try Self.verdicts(mapping, settings, target, tables))
        }
        let theirs = try Self.reference(lines)
        #expect(theirs.count == ours.count)
        var differences = 0
        for (index, pair) in zip(ours, theirs).enumerated() where pair.0 != pair.1 {
            differences += 1
            guard differences <= 5 else { continue }
            let place = zip(pair.0, pair.1).enumerated().first { $0.element.0 != $0.element.1 }
            Issue.record(
                "task \(index), \(place.map { "\(tables[$0.offset]): \($0.element)" } ?? ""): \(lines[index])"
            )
        }
        #expect(differences == 0)
        // Neither says the same of everything.
        let all = ours.flatMap(\.self)
        #expect(all.count(where: \.selected) > 10_000 && all.count { !$0.selected } > 10_000)
        for kind in ["limited:", "unlimited:", "leftOut", "unknown"] {
            #expect(all.count { $0.treatment?.hasPrefix(kind) ?? false } > 1000, "\(kind)")
        }
    }

    private static func verdicts(
        _ mapping: JSONValue, _ settings: JSONValue?, _ target: TargetEngine, _ tables: [(String, String)]
    ) throws -> [Verdict] {
        let task = DeployedTask(
            mapping: try MappingDocument(json: mapping), settings: settings.map { DeployedSettings(json: $0) }
        )
        let model = TaskModel(task, target: target)
        return tables.map { schema, table in
            let name = RelationName(schema: Identifier(schema), name: Identifier(table))
            guard model.selects(name) else { return Verdict(selected: false, treatment: nil) }
            let words =
                switch model.lobs(of: name).treatment {
                case .limited(let size): "limited:\(size.count)"
                case .unlimited(let size): "unlimited:\(size.count)"
                case .leftOut: "leftOut"
                case .unknown: "unknown"
                }
            return Verdict(selected: true, treatment: words)
        }
    }

    private static func line(
        _ mapping: JSONValue, _ settings: JSONValue?, _ target: TargetEngine, _ tables: [(String, String)]
    ) -> String {
        let document = JSONValue.members([
            "mapping": mapping, "settings": settings ?? .null,
            "hasTableSettings": .bool(target.supportsTableLOBSettings),
            "tables": .array(tables.map { .array([.text($0.0), .text($0.1)]) }),
        ])
        return String(decoding: document.compactBytes.dropLast(), as: UTF8.self)
    }

    private static func reference(_ lines: [String]) throws -> [[Verdict]] {
        try Python.withFolder { folder in
            let file = folder.appendingPathComponent("cases")
            try Data(lines.joined(separator: "\n").utf8).write(to: file)
            let run = try Python.run([
                "-c",
                "import sys, runpy; sys.stdin = open(sys.argv[2], encoding='utf-8'); path = sys.argv[1]; "
                    + "sys.argv = [path]; runpy.run_path(path, run_name='__main__')",
                Python.script("dms_reference.py"), file.path,
            ])
            #expect(run.status == 0, "\(run.output.suffix(500))")
            return try run.output.split(separator: "\n").map {
                try JSONDecoder().decode([Verdict].self, from: Data($0.utf8))
            }
        }
    }
}

/// Random tasks.
extension ReferenceTests {
    private static func mapping(_ random: inout SeededGenerator) -> JSONValue {
        let selections = (0..<Int.random(in: 1...4, using: &random)).map { _ in selection(&random) }
        let settings = (0..<Int.random(in: 0...3, using: &random)).map { _ in tableSettings(&random) }
        return .members(["rules": .array((selections + settings).shuffled(using: &random))])
    }

    private static func locator(_ schema: String, _ table: String, _ type: String? = nil) -> JSONValue {
        let names: [(String, JSONValue)] = [("schema-name", .text(schema)), ("table-name", .text(table))]
        return .object(
            (names + (type.map { [("table-type", .text($0))] } ?? [])).map {
                JSONMember(key: Array($0.0.utf8), value: $0.1)
            })
    }

    private static func selection(_ random: inout SeededGenerator) -> JSONValue {
        let action =
            ["include", "include", "include", "exclude", "explicit"].randomElement(using: &random)
            ?? "include"
        let isExact = action == "explicit"
        let patterns = [
            "%", "ord%", "order_1", "order[_]1", "%1", "_", "o%r%", "t", "Order", "[a-o]rder", "数", "ord_r",
        ]
        let schemas = isExact ? Self.schemas : ["%", "s", "app", "a_b", "a[_]b", "_pp", "[sS]"]
        let type = Int.random(in: 0..<12, using: &random) == 0 ? "view" : nil
        return .members([
            "rule-type": .text("selection"), "rule-id": .text("1"), "rule-name": .text("x"),
            "rule-action": .text(action), "filters": .array([]),
            "object-locator": locator(
                schemas.randomElement(using: &random) ?? "s",
                (isExact ? names : patterns).randomElement(using: &random) ?? "t", type),
        ])
    }

    private static func tableSettings(_ random: inout SeededGenerator) -> JSONValue {
        let mode = ["limited", "unlimited", "none"].randomElement(using: &random) ?? "none"
        let sizes: [JSONValue] = [
            .text("64"), .text("1"), .text("102400"), .text("0"), .text("x"), .integer(32), .text("16"),
            .text("102401"),
        ]
        return .members([
            "rule-type": .text("table-settings"), "rule-id": .text("2"), "rule-name": .text("y"),
            "object-locator": locator(
                schemas.randomElement(using: &random) ?? "s", names.randomElement(using: &random) ?? "t"),
            "lob-settings": .members([
                "mode": .text(mode),
                // Whether an unlimited rule has a largest size is documented nowhere.
                "bulk-max-size": sizes.dropLast(mode == "unlimited" ? 1 : 0).randomElement(using: &random)
                    ?? .text("64"),
            ]),
        ])
    }

    private static func settings(_ random: inout SeededGenerator) -> JSONValue? {
        if Int.random(in: 0..<6, using: &random) == 0 { return nil }
        var members: [JSONMember] = []
        func add(_ key: String, _ values: [JSONValue?]) {
            guard let value = values.randomElement(using: &random) ?? nil else { return }
            members.append(JSONMember(key: Array(key.utf8), value: value))
        }
        add("SupportLobs", [.bool(true), .bool(true), .bool(true), .bool(false), nil])
        // None that cannot be read: what then becomes of a rule is documented nowhere, and ours says that it is not known.
        add("FullLobMode", [.bool(true), .bool(false), .bool(false), nil])
        add("LimitedSizeLobMode", [.bool(true), .bool(false), nil])
        add(
            "LobMaxSize", [.integer(63), .integer(1), .integer(102_400), .integer(102_401), .integer(0), nil])
        add("InlineLobMaxSize", [.integer(0), .integer(16), nil])
        return .members(["TargetMetadata": .object(members)])
    }
}
