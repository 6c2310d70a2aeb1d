import LOBReports
import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

@Suite struct ReviewTests {
    private func name(_ table: String) -> RelationName {
        RelationName(schema: Identifier("s"), name: Identifier(table))
    }

    private func mapping(_ tables: [(String, LOBSettings?)]) -> MappingDocument {
        MappingDocument(tables: tables.map { MappingTable(name: name($0.0), lobSettings: $0.1) })
    }

    /// Recommended settings with some values put in.
    private func settings(_ section: String, _ key: String, _ value: JSONValue) throws -> DeployedSettings {
        let base = TaskSettings(
            lobs: .limited(Kibibytes(64)), validationPartialLOBSize: Kibibytes(0), isBatchApplyEnabled: false)
        return changed(DeployedSettings(json: base.json), section, key, value)
    }

    private func changed(
        _ settings: DeployedSettings, _ section: String, _ key: String, _ value: JSONValue
    ) -> DeployedSettings {
        let members = (settings.json.objectMembers ?? []).map { member -> JSONMember in
            guard member.key.elementsEqual(section.utf8) else { return member }
            let others = (member.value.objectMembers ?? []).filter { !$0.key.elementsEqual(key.utf8) }
            return JSONMember(
                key: member.key, value: .object(others + [JSONMember(key: Array(key.utf8), value: value)]))
        }
        return DeployedSettings(json: .object(members))
    }

    private func lint(
        _ mapping: MappingDocument, _ settings: DeployedSettings?, _ tables: [TableProfile],
        policy: Policy = Policy()
    ) -> [Finding] {
        let profile = ProfileFixture.profile(tables, policy: policy)
        return Review(
            [DeployedTask(mapping: mapping, settings: settings)], of: profile,
            recommending: Recommender(profile).recommend().tables, policy: policy
        ).findings
    }

    private func lint(
        _ mapping: MappingDocument, _ tables: [TableProfile], policy: Policy = Policy()
    ) -> [Finding] {
        lint(mapping, nil, tables, policy: policy)
    }

    private func ids(_ findings: [Finding]) -> [String] { findings.map(\.id) }

    /// DMS finds rows by their key on both sides, which a LOB cannot be.
    @Test func validationByALOBKeyIsTold() throws {
        let table = ProfileFixture.table("t", sizes: [100], keys: [Fixtures.key("pkey", [2])])
        let enabled = changed(
            try settings("ValidationSettings", "EnableValidation", .bool(true)), "ValidationSettings",
            "ValidationPartialLobSize", .integer(32))
        let limited = mapping([("t", .limited(Kibibytes(32)))])
        #expect(ids(lint(limited, enabled, [table])).contains("lint-validation-by-lob-key"))
        let plain = ProfileFixture.table("t", sizes: [100])
        #expect(ids(lint(limited, enabled, [plain])) == [])
    }

    @Test func aLimitThatCutsSaysHowManyValues() throws {
        let table = ProfileFixture.table("t", sizes: [10, 16_384, 16_385, 40_000])
        let found = lint(mapping([("t", .limited(Kibibytes(32)))]), [table])
        #expect(ids(found) == ["lint-limit-too-small"])
        let finding = try #require(found.first)
        #expect(finding.severity == .error && finding.subject == "s.t.body")
        #expect(
            finding.message.contains("2 of its values are larger") && finding.message.contains("40000 bytes"))
        #expect(finding.message.contains("its table-settings rule"))
        let octets = lint(mapping([("t", .limited(Kibibytes(32)))]), [table], policy: Policy(sizing: .octets))
        #expect(try #require(octets.first).message.contains("1 of its values are larger"))
    }

    @Test func anExactFitIsNotCut() {
        let table = ProfileFixture.table("t", sizes: [16_384])
        #expect(lint(mapping([("t", .limited(Kibibytes(32)))]), [table]) == [])
        let bytes = ProfileFixture.table("t", .bytea, sizes: [32_768])
        #expect(lint(mapping([("t", .limited(Kibibytes(32)))]), [bytes]) == [])
    }

    @Test func theTaskLimitCountsWhereATableHasNoRule() throws {
        let table = ProfileFixture.table("t", sizes: [40_000])
        let byDefault = lint(mapping([("t", nil)]), [table])
        #expect(try #require(byDefault.first).message.contains("32 KB by AWS's default of LobMaxSize"))
        #expect(
            ids(
                lint(
                    mapping([("t", nil)]), try settings("TargetMetadata", "LobMaxSize", .integer(100)),
                    [table])) == [])
        #expect(ids(lint(mapping([("t", .inherited)]), [table])) == ["lint-limit-too-small"])
    }

    @Test func acceptedTruncationIsAWarningExceptForStructuredTypes() throws {
        let policy = Policy(truncationOK: [try NamePattern("t")])
        let limited = mapping([("t", .limited(Kibibytes(1)))])
        let text = lint(limited, [ProfileFixture.table("t", sizes: [9000])], policy: policy)
        #expect(text.map(\.severity) == [.warning])
        let json = lint(limited, [ProfileFixture.table("t", .json, sizes: [9000])], policy: policy)
        #expect(json.map(\.severity) == [.error, .error])
        #expect(ids(json) == ["lint-limit-too-small", "truncation-of-structured-type"])
    }

    @Test func aLimitOnAnUnmeasuredColumnIsNotProven() {
        let table = ProfileFixture.table("t", sizes: [], isMeasured: false)
        #expect(ids(lint(mapping([("t", .limited(Kibibytes(1024)))]), [table])) == ["lint-limit-not-proven"])
        #expect(ids(lint(mapping([("t", .unlimited(bulkMaxSize: Kibibytes(0)))]), [table])) == ["look-ups"])
    }

    @Test(arguments: [
        ("TargetMetadata", "SupportLobs", JSONValue.bool(false), "lint-lobs-left-out"),
        ("TargetMetadata", "FullLobMode", .bool(true), "lint-modes-contradict"),
        ("TargetMetadata", "LimitedSizeLobMode", .text("false"), "lint-modes-contradict"),
        ("TargetMetadata", "InlineLobMaxSize", .integer(32), "lint-inline-without-full-mode"),
        ("TargetMetadata", "LobMaxSize", .integer(32_768), "lint-bytes-for-kilobytes"),
        ("TargetMetadata", "LobMaxSize", .integer(0), "lint-lob-max-size-out-of-range"),
        ("TargetMetadata", "LobMaxSize", .integer(102_401), "lint-lob-max-size-out-of-range"),
        ("TargetMetadata", "LobChunkSize", .integer(65), "lint-chunk-size-too-large"),
        ("Logging", "EnableLogging", .bool(false), "lint-logging-hides-truncations"),
        (
            "Logging", "LogComponents",
            .array([.members(["Id": .text("SOURCE_CAPTURE"), "Severity": .text("LOGGER_SEVERITY_ERROR")])]),
            "lint-logging-hides-truncations"
        ),
        ("Logging", "CloudWatchLogGroup", .text("dms-tasks-x"), "lint-log-group-set"),
        ("ValidationSettings", "EnableValidation", .bool(true), "lint-partial-validation"),
    ])
    func settingsAreChecked(_ section: String, _ key: String, _ value: JSONValue, _ id: String) throws {
        let table = ProfileFixture.table("t", sizes: [100])
        let limited = mapping([("t", .limited(Kibibytes(32)))])
        let found = lint(limited, try settings(section, key, value), [table])
        // LobMaxSize is also what a captured change takes.
        #expect(ids(found).filter { $0 != "change-memory" } == [id])
        let fine = try settings("TargetMetadata", "LobMaxSize", .integer(64))
        #expect(lint(limited, fine, [table]) == [])
    }

    @Test func bytesInARuleAreFoundAndLargeValuesAreNoBytes() {
        let bytes = mapping([("t", .limited(Kibibytes(32_768)))])
        #expect(
            ids(lint(bytes, [ProfileFixture.table("t", sizes: [100])])) == [
                "lint-bytes-for-kilobytes", "change-memory",
            ])
        #expect(ids(lint(bytes, [ProfileFixture.table("t", sizes: [15_000_000])])) == ["change-memory"])
    }

    @Test func validationMustNotCompareMoreThanTheSmallestLimit() throws {
        let table = ProfileFixture.table("t", sizes: [100])
        let enabled = try settings("ValidationSettings", "EnableValidation", .bool(true))
        let limited = mapping([("t", .limited(Kibibytes(32)))])
        let sized = { (size: Int) in
            changed(enabled, "ValidationSettings", "ValidationPartialLobSize", .integer(size))
        }
        #expect(ids(lint(limited, sized(33), [table])) == ["lint-partial-validation"])
        #expect(ids(lint(limited, sized(32), [table])) == [])
    }

    @Test func batchApplyNeedsLimitedLOBsAndOneUniqueIndex() throws {
        let batch = try settings("TargetMetadata", "BatchApplyEnabled", .bool(true))
        let keys = [Fixtures.key("pkey", [1]), Fixtures.key("u", [3], isPrimary: false)]
        let plain = ProfileFixture.table("t", sizes: [100])
        let unlimited = mapping([("t", .unlimited(bulkMaxSize: Kibibytes(0)))])
        let limited = mapping([("t", .limited(Kibibytes(32)))])
        let slow = lint(unlimited, batch, [plain])
        #expect(ids(slow) == ["lint-batch-apply-with-unlimited", "look-ups"])
        // No value is lost: batches go one by one.
        #expect(slow.map(\.severity) == [.warning, .info])
        let twice = ProfileFixture.table("t", sizes: [100], keys: keys)
        let lossy = lint(limited, batch, [twice])
        #expect(ids(lossy) == ["lint-batch-apply-with-unique-index"] && lossy.map(\.severity) == [.error])
        let keyless = ProfileFixture.table("t", sizes: [100], keys: [])
        #expect(ids(lint(limited, batch, [keyless])).contains("lint-batch-apply-without-key"))
        #expect(ids(lint(limited, batch, [plain])) == [])
    }

    /// The guide wants batches for Redshift: our own files are no fault there, and lint says what the report says.
    @Test(arguments: [(MigrationType.cdc, [Finding.Severity.warning]), (.fullLoad, [])])
    func batchesForRedshiftAreNoError(type: MigrationType, expected: [Finding.Severity]) {
        let keys = [Fixtures.key("pkey", [1]), Fixtures.key("u", [3], isPrimary: false)]
        let policy = Policy(migrationType: type)
        let profile = ProfileFixture.profile(
            [ProfileFixture.table("t", sizes: [100], keys: keys)], policy: policy
        ).with(deployment: Deployment(target: .redshift))
        let report = Recommender(profile).recommend()
        #expect(report.tasks.map(\.settings.isBatchApplyEnabled) == [true])
        let told = report.findings.filter { $0.id == "lint-batch-apply-with-unique-index" }
        #expect(told.map(\.severity) == expected)
        #expect(told.allSatisfy { !$0.remedy.contains("set BatchApplyEnabled to false") })
        #expect(!report.findings.contains { $0.severity == .error })
        let lint = Review(
            report.tasks.map(\.deployed), of: profile, recommending: report.tables, policy: policy)
        #expect(Set(lint.findings).isSubset(of: Set(report.findings)))
    }

    @Test func memoryIsToldForFullLoadsAndWarnsAboveAnOrdinaryInstance() throws {
        let table = ProfileFixture.table("t", sizes: [9000])
        let huge = ProfileFixture.table("t", sizes: [50_000_000])
        let small = mapping([("t", .limited(Kibibytes(64)))])
        let large = mapping([("t", .limited(Kibibytes(102_400)))])
        let load = Policy(migrationType: .fullLoad)
        let told = lint(small, [table], policy: load)
        #expect(ids(told) == ["task-memory"] && told.map(\.severity) == [.info])
        #expect(try #require(told.first).message.contains("625 MiB"))
        let warned = lint(large, [huge], policy: load)
        #expect(warned.map(\.severity) == [.warning])
        #expect(try #require(warned.first).remedy.hasSuffix("or unlimited"))
        // Tables that load at the same time have the memory together: each leaf is one.
        let many = (0..<20).map { ProfileFixture.table("t\($0)", sizes: [9000]) }
        let eight = lint(
            mapping(many.indices.map { ("t\($0)", .limited(Kibibytes(64))) }), many, policy: load)
        #expect(
            try #require(eight.first).message.hasPrefix(
                "8 tables at the same time, \"s.t0\" the most of them,"))
        #expect(try #require(eight.first).message.contains("may take 5000 MiB"))
        // CommitRate is of full loads.
        #expect(ids(lint(large, [huge])) == ["change-memory"] && lint(small, [table]) == [])
        // 64 KB x 500,000 rows: the deployed CommitRate counts, not AWS's default.
        let fast = try settings("FullLoadSettings", "CommitRate", .integer(500_000))
        let hungry = lint(small, fast, [table], policy: load)
        #expect(ids(hungry) == ["task-memory"] && hungry.map(\.severity) == [.warning])
        #expect(try #require(hungry.first).message.contains("CommitRate 500000"))
        #expect(try #require(hungry.first).remedy.hasSuffix("or set CommitRate to 10000"))
        // What is set by it is enough.
        let slow = try settings("FullLoadSettings", "CommitRate", .integer(10_000))
        #expect(lint(small, slow, [table], policy: load).map(\.severity) == [.info])
    }

    @Test func combinationModeIsOnlyMentioned() {
        let table = ProfileFixture.table("t", sizes: [100])
        let found = lint(mapping([("t", .unlimited(bulkMaxSize: Kibibytes(64)))]), [table])
        #expect(
            ids(found) == ["lint-combination-mode", "look-ups"] && found.allSatisfy { $0.severity == .info })
    }

    @Test func tablesThatAreMissingOrGoneAreNamed() {
        let tables = ["a", "b"].map { ProfileFixture.table($0, sizes: [1]) }
        let found = lint(mapping([("a", nil), ("old", nil)]), tables)
        #expect(
            found.map { "\($0.id) \($0.subject)" } == ["lint-table-gone s.old", "lint-table-missing s.b"])
    }

    @Test func aTableInAnotherTaskIsNotMissing() {
        let profile = ProfileFixture.profile(["a", "b"].map { ProfileFixture.table($0, sizes: [1]) })
        let tasks = ["a", "b"].map { DeployedTask(name: $0, mapping: mapping([($0, nil)]), settings: nil) }
        let found = Review(
            tasks, of: profile, recommending: Recommender(profile).recommend().tables,
            policy: Policy()
        ).findings
        #expect(found == [])
    }

    @Test func aRuleForAPartitionedTableWantsItsPartitions() {
        let leaf = ProfileFixture.table("t_1", sizes: [1], root: name("t"))
        let found = lint(mapping([("t", nil)]), [leaf])
        #expect(ids(found) == ["lint-root-instead-of-leaves", "lint-table-missing"])
    }

    @Test func repeatedRuleIDsAndOtherViolationsAreIncluded() throws {
        let table = ProfileFixture.table("t", sizes: [1])
        let rules = [
            MappingRule.explicit(name("t"), id: 1),
            .tableSettings(name("t"), lob: .limited(Kibibytes(32)), id: 1),
        ]
        #expect(ids(lint(MappingDocument(rules: rules), [table])) == ["mapping-rule-id-repeated"])
    }

    @Test func whatTheCommandLinePrintsOfTasksIsRead() throws {
        let settings = TaskSettings(tables: [])
        let described = JSONValue.members([
            "ReplicationTasks": .array([
                .members([
                    "ReplicationTaskIdentifier": .text("one"),
                    "TableMappings": .string(mapping([("t", nil)]).jsonBytes),
                    "ReplicationTaskSettings": .string(settings.jsonBytes),
                ]),
                .members([
                    "ReplicationTaskIdentifier": .text("two"), "TableMappings": .text("{\"rules\":[]}"),
                ]),
            ])
        ])
        let tasks = try TaskContainer(parsing: described.prettyBytes).tasks
        #expect(tasks.map(\.name) == ["one", "two"])
        #expect(tasks[0].mapping == mapping([("t", nil)]))
        #expect(tasks[0].settings?.json == settings.json && tasks[1].settings == nil)
        #expect(throws: DeployedTaskError.mapping(.noRules)) {
            try TaskContainer(parsing: Array("{}".utf8))
        }
        let broken = JSONValue.members([
            "ReplicationTask": .members([
                "TableMappings": .text("{\"rules\":[]}"), "ReplicationTaskSettings": .text("[]"),
            ])
        ])
        #expect(throws: DeployedTaskError.settings(.noObject)) {
            try TaskContainer(parsing: broken.prettyBytes)
        }
    }

    @Test func settingsThatAreNoJSONHaveTheAnswerOfAWS() {
        let error = #expect(throws: SettingsError.self) {
            try DeployedSettings(parsing: Array("{\"a\":".utf8))
        }
        #expect(error?.awsMessage == "Invalid task settings JSON")
    }

    /// A setting that is not read leaves AWS's default in force; one that cannot be read leaves nothing to compare with.
    @Test func aSettingThatIsNotReadIsNoLimit() throws {
        let table = ProfileFixture.table("t", sizes: [200_000])
        let mapping = try MappingDocument(
            parsing: Array(
                #"{"rules": [{"rule-type": "selection", "rule-id": "1", "rule-name": "1", "rule-action": "include", "object-locator": {"schema-name": "s", "table-name": "t"}}]}"#
                    .utf8))
        let misspelt = try DeployedSettings(
            parsing: Array(#"{"TargetMetadata": {"LobMaxsize": 512, "LimitedSizeLobMode": true}}"#.utf8))
        let found = lint(mapping, misspelt, [table])
        #expect(found.contains { $0.id == "lint-setting-misspelt" && $0.severity == .error })
        #expect(
            found.contains {
                $0.id == "lint-limit-too-small" && $0.message.contains("32 KB by AWS's default of LobMaxSize")
            },
            "\(found)")
        let unreadable = try DeployedSettings(
            parsing: Array(#"{"TargetMetadata": {"LobMaxSize": "${size}", "LimitedSizeLobMode": true}}"#.utf8)
        )
        let other = lint(mapping, unreadable, [table])
        #expect(other.contains { $0.id == "lint-setting-unreadable" && $0.severity == .error })
        #expect(!other.contains { $0.id == "lint-limit-too-small" })
    }
}
