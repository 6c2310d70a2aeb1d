import Foundation
import TestSupport
import Testing

/// `lobscope lint` holds deployed files against a snapshot.
@Suite(.database) struct LintTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private func profile() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        let outcome = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        try #require(outcome.status == 0, "\(outcome.errorOutput)")
    }

    /// A deployed mapping: one table is limited below its values, the other is not there.
    private static let stale = """
        {"rules": [
          {"rule-type": "selection", "rule-id": "1", "rule-name": "a", "rule-action": "explicit",
           "object-locator": {"schema-name": "public", "table-name": "order"}},
          {"rule-type": "table-settings", "rule-id": "2", "rule-name": "b",
           "object-locator": {"schema-name": "public", "table-name": "order"},
           "lob-settings": {"mode": "limited", "bulk-max-size": "1"}}]}
        """

    private struct LintJSON: Decodable {
        let schemaVersion: Int
        let database: String
        let findings: [ReportJSON.Finding]
    }

    private func lint(_ arguments: String...) async throws -> BuiltProduct.Outcome {
        try await scratch.lobscope(["lint"] + arguments)
    }

    @Test func whatProfileWroteHasNothingAboveInfo() async throws {
        try await profile()
        let files = ["report/table-mappings.json", "report/task-settings.json"]
        for arguments in [files, ["report"]] {
            let outcome = try await scratch.lobscope(
                ["lint"] + arguments + ["--against", "report", "--fail-on", "warning"])
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errorOutput)")
            #expect(outcome.stderr.isEmpty)
        }
    }

    /// The endpoint's files are part of what a folder says, and AWS's own answer counts for more than what it was to be.
    @Test func theSourceEndpointIsReviewedToo() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            "CREATE TABLE note (id int PRIMARY KEY, v varchar NOT NULL); INSERT INTO note VALUES (1, repeat('x', 9000))"
        )
        try await profile()
        let folder = try await lint("report", "--against", "report", "-v")
        #expect(folder.output.contains("unless the source endpoint is given unboundedVarcharMaxSize=65536"))
        let described = """
            {"Endpoints": [{"EndpointType": "SOURCE", "EngineName": "postgres", "EndpointArn": "arn:x",
              "PostgreSQLSettings": {"FailTasksOnLobTruncation": false},
              "ExtraConnectionAttributes": "unboundedVarcharMaxSize=8500"}]}
            """
        try scratch.write(Array(described.utf8), "endpoints.json")
        let deployed = try await lint(
            "endpoints.json", "report/table-mappings.json", "--against", "report", "-v", "--fail-on", "error")
        #expect(deployed.status == 2)
        #expect(deployed.output.contains("DMS cuts its values at 8500 bytes"))
        #expect(deployed.output.contains("[lint-truncation-goes-on]"))
        let alone = try await lint("endpoints.json", "--against", "report")
        #expect(alone.status == 1 && alone.errorOutput.contains("a source endpoint without a task\nhint: "))
    }

    @Test func severityDecidesTheStatusOnlyWhereAsked() async throws {
        try await profile()
        try scratch.write(Array(Self.stale.utf8), "stale.json")
        let shown = try await lint("stale.json", "--against", "report")
        #expect(shown.status == 0)
        #expect(shown.output.contains("[lint-limit-too-small]"))
        #expect(shown.output.contains("[lint-table-missing]"))
        for severity in ["info", "warning", "error"] {
            let outcome = try await lint("stale.json", "--against", "report", "--fail-on", severity)
            #expect(outcome.status == 2, "\(severity)")
            #expect(outcome.stdout == shown.stdout)
        }
        // A table that is missing is a warning, no error.
        try scratch.write(
            Array(Self.stale.utf8).replacingLast("\"1\"", by: "\"100\""), "large.json")
        #expect(try await lint("large.json", "--against", "report", "--fail-on", "error").status == 0)
        #expect(try await lint("large.json", "--against", "report", "--fail-on", "warning").status == 2)
    }

    @Test func standardInputAndPrintedTasksAreRead() async throws {
        try await profile()
        try scratch.write(Array(Self.stale.utf8), "stale.json")
        let script = """
            python3 - <<'END' > tasks.json
            import json
            mapping = open("stale.json").read()
            settings = json.dumps({"TargetMetadata": {"LobChunkSize": 128}})
            print(json.dumps({"ReplicationTasks": [{"ReplicationTaskIdentifier": "t", "TableMappings": mapping,
                                                     "ReplicationTaskSettings": settings}]}))
            END
            lobscope lint - --against report --format json < tasks.json
            """
        let outcome = try await scratch.shell(script)
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        let lint = try JSONDecoder().decode(LintJSON.self, from: Data(outcome.stdout))
        #expect(lint.schemaVersion == 1)
        #expect(lint.findings.contains { $0.id == "lint-chunk-size-too-large" && $0.subject == "task t" })
        #expect(lint.findings.contains { $0.id == "lint-limit-too-small" && $0.severity == "error" })
    }

    @Test(.needs("python3 -c 'import sarif_pydantic'")) func sarifFollowsItsStandard() async throws {
        try await profile()
        try scratch.write(Array(Self.stale.utf8), "stale file.json")
        let outcome = try await lint(
            "stale file.json", "report/task-settings.json", "--against", "report", "--format", "sarif")
        try #require(outcome.status == 0)
        try scratch.write(outcome.stdout, "lint.sarif")
        let check = try await scratch.shell(
            """
            python3 - <<'END'
            import json
            from sarif_pydantic import Sarif
            text = open("lint.sarif", encoding="utf-8").read()
            log = Sarif.model_validate_json(text)
            assert log.version == "2.1.0"
            raw = json.loads(text)["runs"][0]
            ids = [rule["id"] for rule in raw["tool"]["driver"]["rules"]]
            assert len(ids) == len(set(ids))
            for result in raw["results"]:
                assert ids[result["ruleIndex"]] == result["ruleId"]
                assert result["level"] in ("error", "warning", "note"), result["level"]
                assert result["message"]["text"]
                location = result["locations"][0]["physicalLocation"]
                assert location["artifactLocation"]["uri"] == "stale%20file.json"
            print(len(raw["results"]) > 1)
            END
            """)
        #expect(check.output == "True\n", "\(check.errorOutput)")
    }

    @Test func whatIsNoMappingIsAnErrorThatNamesTheFile() async throws {
        try await profile()
        try scratch.write(Array("{\"rules\": 1}".utf8), "bad.json")
        try scratch.write(Array("[".utf8), "broken.json")
        for (file, message) in [
            ("bad.json", "table mapping has no list \"rules\""), ("broken.json", "table mapping is not JSON"),
        ] {
            let outcome = try await lint(file, "--against", "report")
            #expect(outcome.status == 1)
            #expect(outcome.stdout.isEmpty)
            #expect(
                outcome.errorOutput.hasPrefix("lobscope: \"\(file)\": \(message)"), "\(outcome.errorOutput)")
        }
        let missing = try await lint("nowhere.json", "--against", "report")
        #expect(missing.status == 1)
        #expect(missing.errorOutput.hasPrefix("lobscope: \"nowhere.json\" cannot be opened"))
        #expect(try await lint("-", "-", "--against", "report").status == 64)
    }

    private func ids(in text: String) -> Set<String> {
        Set(text.matches(of: #/\[([a-z-]+)\]/#).map { String($0.1) })
    }

    /// Mapping and settings come in any order, several mappings too; what our own formats print is read as its files are.
    @Test func filesComeInAnyOrderAndOurOwnFormatsReadBack() async throws {
        try await profile()
        try scratch.write(Array(Self.stale.utf8), "stale.json")
        let (mapping, settings) = ("report/table-mappings.json", "report/task-settings.json")
        let expected = try await lint(mapping, settings, "--against", "report")
        #expect(expected.status == 0)
        let turned = try await lint(settings, mapping, "--against", "report")
        #expect(turned.output == expected.output, "\(turned.errorOutput)")
        // Two tasks with the same tables write everything twice.
        let twice = try await lint(mapping, mapping, settings, "--against", "report", "--fail-on", "error")
        #expect(twice.status == 2 && ids(in: twice.output) == ["lint-table-twice"], "\(twice.output)")
        for format in ["cloudformation", "cloudformation-serverless"] {
            let rendered = try await scratch.lobscope("render", "report", "--format", format)
            try #require(rendered.status == 0, "\(rendered.errorOutput)")
            try scratch.write(rendered.stdout, "template.json")
            let outcome = try await lint("template.json", "--against", "report", "--fail-on", "warning")
            #expect(outcome.status == 0, "\(format): \(outcome.output)\(outcome.errorOutput)")
        }
        let terraform = try await scratch.lobscope("render", "report", "--format", "terraform")
        try scratch.write(terraform.stdout, "tasks.tf")
        let refused = try await lint("tasks.tf", "--against", "report")
        #expect(
            refused.status == 1 && refused.errorOutput.contains("hint: terraform plan"),
            "\(refused.errorOutput)")
        let both = try await lint("stale.json", settings, mapping, "--against", "report", "--format", "json")
        #expect(both.output.contains("lint-limit-too-small"))
    }

    @Test func settingsWithoutATaskOfTheirOwnAreRefused() async throws {
        try await profile()
        let settings = "report/task-settings.json"
        for (arguments, message) in [
            ([settings], "task settings without a mapping"),
            ([settings, "report/table-mappings.json", settings], "more than one file of task settings"),
            (["report", settings], "the tasks have settings of their own"),
        ] {
            let outcome = try await scratch.lobscope(["lint"] + arguments + ["--against", "report"])
            #expect(outcome.status == 1)
            #expect(
                outcome.errorOutput.hasPrefix("lobscope: \"\(settings)\": \(message)"),
                "\(outcome.errorOutput)")
            #expect(outcome.errorOutput.contains("\nhint: "))
        }
    }
}

extension [UInt8] {
    /// The bytes with the last occurrence of a text replaced.
    fileprivate func replacingLast(_ text: String, by other: String) -> [UInt8] {
        let wanted = Array(text.utf8)
        guard let start = indices.last(where: { self[$0...].starts(with: wanted) }) else { return self }
        return Array(self[..<start]) + Array(other.utf8) + Array(self[(start + wanted.count)...])
    }
}
