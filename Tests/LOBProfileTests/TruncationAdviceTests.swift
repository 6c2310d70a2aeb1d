import LOBAdvice
import LOBReports
import SizeStatistics
import Testing

@Suite struct TruncationAdviceTests {
    private func advice(
        _ log: String, _ tables: [TableProfile], policy: Policy = Policy(), under tasks: [DeployedTask]? = nil
    ) throws -> TruncationAdvice {
        var reader = TruncationReader(source: "task.log")
        try reader.take(Array(log.utf8))
        let profile = ProfileFixture.profile(tables, policy: policy)
        let summary = try reader.finish()
        let evidence = TruncationEvidence(
            summary, against: profile, recommending: Recommender(profile).recommend().tables,
            under: tasks.map { TasksInForce($0, of: profile) })
        return TruncationAdvice(summary, evidence, policy: policy)
    }

    private func line(_ table: String, column: String = "body", limit: Int = 32_768, length: String = "40000")
        -> String
    {
        "[SOURCE_CAPTURE ]W: Value of column '\(column)' in table '\(table)' was truncated to \(limit) bytes, "
            + "actual length: \(length) bytes (postgres_pglogical.c:2550)\n"
    }

    @Test func aTruncationNamesTheTableToMeasureAgain() throws {
        let advice = try advice(
            line("s.a") + line("s.b"), ["a", "b", "c"].map { ProfileFixture.table($0, sizes: [50_000]) })
        #expect(advice.relations.map(\.losslessText) == ["s.a", "s.b"])
        #expect(advice.findings.map(\.id) == ["truncation-seen", "truncation-seen"])
        #expect(advice.findings.map(\.severity) == [.error, .error])
        #expect(try #require(advice.findings.first).message.contains("40000 bytes"))
    }

    @Test func acceptedTruncationIsAWarningUnlessTheTypeIsStructured() throws {
        let policy = Policy(truncationOK: [try NamePattern("a")])
        let text = try advice(line("s.a"), [ProfileFixture.table("a", sizes: [9])], policy: policy)
        #expect(text.findings.map(\.severity) == [.warning])
        let json = try advice(line("s.a"), [ProfileFixture.table("a", .jsonb, sizes: [9])], policy: policy)
        #expect(json.findings.map(\.severity) == [.error])
    }

    @Test func theRemedySaysWhetherTheProfileAlreadyHoldsIt() throws {
        let policy = Policy(truncationOK: [try NamePattern("a")])
        let large = try advice(line("s.a"), [ProfileFixture.table("a", sizes: [50_000])], policy: policy)
        #expect(try #require(large.findings.first).remedy.contains("hold it: deploy its mapping"))
        let small = try advice(line("s.a"), [ProfileFixture.table("a", sizes: [50])], policy: policy)
        #expect(try #require(small.findings.first).remedy.contains("32 KB do not hold it (79 KB or more"))
        let unlimited = try advice(line("s.a"), [ProfileFixture.table("a", sizes: [50_000])])
        #expect(try #require(unlimited.findings.first).remedy.contains("asks for unlimited"))
    }

    /// A varchar without a length is cut by the source endpoint: no rule cut it, and none holds it.
    @Test(arguments: [("9000", "at least 65536"), ("16000000", "TYPE text;")])
    func aVarcharWithoutALengthWasCutByTheEndpoint(length: String, words: String) throws {
        let found = try advice(
            line("s.a", limit: 8000, length: length), [ProfileFixture.table("a", .varchar, sizes: [9])]
        ).findings
        let finding = try #require(found.first { $0.id == "truncation-seen" })
        #expect(finding.message.contains("the source endpoint cut them, not a rule"))
        #expect(finding.remedy.contains(words) && !finding.remedy.contains("deploy its mapping"))
    }

    /// A limit holds no value of which the log does not tell the length.
    @Test func aLengthThatIsNotKnownIsNotHeld() throws {
        let found = try advice(
            line("s.a", limit: 8192, length: "-66165448"), [ProfileFixture.table("a", sizes: [9])],
            policy: Policy(truncationOK: [try NamePattern("a")])
        ).findings
        #expect(try #require(found.first { $0.id == "truncation-seen" }).remedy == "measure the table again")
    }

    /// A log may name the partitioned table, whatever the rules name: all of its leaves are measured again.
    @Test func aRootMeansItsLeaves() throws {
        let root = RelationName(schema: Identifier("s"), name: Identifier("root"))
        let tables = ["one", "two"].map { ProfileFixture.table($0, sizes: [50_000], root: root) }
        let advice = try advice(line("s.root"), tables + [ProfileFixture.table("other", sizes: [9])])
        #expect(advice.relations.map(\.losslessText) == ["s.one", "s.two"])
        #expect(advice.findings.map(\.id) == ["truncation-seen"])
        #expect(advice.findings.map(\.subject) == ["s.root.body"])
        #expect(try self.advice(line("s.two"), tables).relations.map(\.losslessText) == ["s.two"])
    }

    @Test func negativeLengthsAreSaid() throws {
        let advice = try advice(line("s.a", length: "-5"), [ProfileFixture.table("a", sizes: [9])])
        #expect(advice.findings.map(\.id) == ["truncation-seen", "truncation-length-unknown"])
    }

    @Test func namesWithDotsAndQuotesAreFoundInTheCatalog() throws {
        let hostile = "a.b' in table 's.c"
        let tables = [ProfileFixture.table(hostile, sizes: [9]), ProfileFixture.table("plain", sizes: [9])]
        #expect(try advice(line("s.\(hostile)"), tables).relations == [tables[0].relation.name])
    }

    @Test func tablesThatAreNotInTheProfileAreSaidAndNotMeasured() throws {
        let advice = try advice(line("s.gone"), [ProfileFixture.table("a", sizes: [9])])
        #expect(advice.findings.map(\.id) == ["truncation-of-unknown-table"])
        #expect(advice.relations == [])
    }

    @Test func aColumnThatWasNotMeasuredStillNamesItsTable() throws {
        let advice = try advice(line("s.a", column: "other"), [ProfileFixture.table("a", sizes: [9])])
        #expect(advice.relations.map(\.losslessText) == ["s.a"])
    }

    @Test func failedBatchesAndUnreadLinesAreWarnings() throws {
        let log =
            "[TARGET_APPLY ]I: Bulk apply operation failed. Trying\n"
            + "Value of column 'c' in table 's.t' was truncated to many bytes\n"
        let advice = try advice(log, [ProfileFixture.table("a", sizes: [9])])
        #expect(advice.findings.map(\.id) == ["bulk-apply-failed", "log-line-not-understood"])
        #expect(advice.findings.map(\.severity) == [.warning, .warning])
    }

    private func task(_ rules: String, settings: String? = nil, named name: String? = nil) throws
        -> DeployedTask
    {
        DeployedTask(
            name: name, mapping: try MappingDocument(parsing: Array("{\"rules\": [\(rules)]}".utf8)),
            settings: try settings.map { try DeployedSettings(parsing: Array($0.utf8)) })
    }

    private static let selection = """
        {"rule-type": "selection", "rule-id": "1", "rule-name": "1", "rule-action": "include",
         "object-locator": {"schema-name": "s", "table-name": "%"}}
        """

    private static func limit(_ table: String, _ mode: String, _ size: Int) -> String {
        """
        , {"rule-type": "table-settings", "rule-id": "7", "rule-name": "7",
           "object-locator": {"schema-name": "s", "table-name": "\(table)"},
           "lob-settings": {"mode": "\(mode)", "bulk-max-size": "\(size)"}}
        """
    }

    /// With the deployed files it is said which limit cut a value, and what that must become.
    @Test func deployedFilesSayWhichLimitCutAndWhatItMustBecome() throws {
        let tables = [ProfileFixture.table("a", sizes: [50_000])]
        func finding(_ rules: String, settings: String? = nil) throws -> Finding {
            let task = try task(Self.selection + rules, settings: settings, named: "load")
            return try #require(try advice(line("s.a"), tables, under: [task]).findings.first)
        }
        let rule = try finding(Self.limit("a", "limited", 32))
        #expect(
            rule.message
                == "\"s.a.body\": the log shows 1 value cut at 32768 bytes (rule 7 of task load: 32 KB), the largest had 40000 bytes"
        )
        // 40,000 bytes of text need 79 KB by AWS's rule; the next rung holds them.
        #expect(
            rule.remedy.hasPrefix(
                "rule 7 of task load must become limited with a bulk-max-size of 128 or more, or unlimited; ")
        )
        let byDefault = try finding("")
        #expect(byDefault.message.contains("(AWS's default of LobMaxSize of task load: 32 KB)"))
        #expect(byDefault.remedy.contains("set LobMaxSize to 128 or more"))
        let settings = "{\"TargetMetadata\": {\"LobMaxSize\": 32, \"LimitedSizeLobMode\": true}}"
        #expect(
            try finding("", settings: settings).message.contains(
                "(the task's LobMaxSize of task load: 32 KB)"))
        // Files that were not in force when the value was cut.
        let later = try finding(Self.limit("a", "limited", 128))
        #expect(
            later.message.contains("the given files have 128 KB")
                && later.remedy.contains("128 KB hold that value"))
        let smaller = try finding(Self.limit("a", "limited", 48))
        #expect(smaller.message.contains("48 KB") && smaller.remedy.contains("must become"))
        #expect(try finding(Self.limit("a", "unlimited", 0)).message.contains("make it unlimited"))
        let other = try advice(
            line("s.a"), tables, under: [try task(Self.selection.replacing("\"s\"", with: "\"x\""))])
        #expect(
            try #require(other.findings.first).message.contains(
                "no task of the given files migrates the table"))
    }

    /// Of several tasks the one whose limit is the logged one did it.
    @Test func theTaskWithTheLoggedLimitIsTheOne() throws {
        let tasks = [
            try task(Self.selection + Self.limit("a", "limited", 64), named: "one"),
            try task(Self.selection + Self.limit("a", "limited", 32), named: "two"),
        ]
        let tables = [ProfileFixture.table("a", sizes: [50_000])]
        let finding = try #require(try advice(line("s.a"), tables, under: tasks).findings.first)
        #expect(finding.message.contains("(rule 7 of task two: 32 KB)"))
    }

    private static let refusal = """
        2025-03-02T10:11:12 [TARGET_APPLY    ]E:  Failed to execute statement: 'UPDATE "t"."a_new" SET "doc"=? ' [1022502]
        2025-03-02T10:11:12 [TARGET_APPLY    ]E:  RetCode: SQL_ERROR  SqlState: 22P02 NativeError: 1 Message: x
        2025-03-02T10:11:12 [TASK_MANAGER    ]W:  Table 's'.'b' was errored/suspended (subtask 0 thread 1)

        """

    /// Names of the target lead back to the source through the rules that make them.
    @Test func failuresAreOfTheTablesThatRulesRename() throws {
        let rules = """
            , {"rule-type": "transformation", "rule-id": "8", "rule-name": "8", "rule-target": "schema",
               "object-locator": {"schema-name": "s"}, "rule-action": "rename", "value": "t"},
              {"rule-type": "transformation", "rule-id": "9", "rule-name": "9", "rule-target": "table",
               "object-locator": {"schema-name": "s", "table-name": "a"}, "rule-action": "add-suffix", "value": "_new"}
            """
        let tables = [
            ProfileFixture.table("a", .jsonb, sizes: [9]), ProfileFixture.table("b", sizes: [9]),
        ]
        let mapped = try advice(Self.refusal, tables, under: [try task(Self.selection + rules)])
        #expect(mapped.findings.map(\.id) == ["log-failed-load", "log-malformed-value"])
        #expect(mapped.findings.map(\.subject) == ["s.b", "s.a"])
        #expect(mapped.findings.last?.message.contains("\"s.a\" (on the target \"t.a_new\")") == true)
        #expect(mapped.relations.map(\.losslessText) == ["s.a"])
        let unmapped = try advice(Self.refusal, tables)
        #expect(unmapped.findings.map(\.id) == ["log-failed-load", "log-malformed-value"])
        #expect(unmapped.findings.map(\.subject) == ["s.b", "t.a_new"] && unmapped.relations.isEmpty)
    }

    /// A log that names more columns than any profile has is summed up, and what the profile has is never among that.
    @Test func columnsOfAnotherDatabaseAreSummedUp() throws {
        var reader = TruncationReader(source: "x")
        for number in 0..<9000 { try reader.take(Array(line("s.t\(number)", column: "c").utf8)) }
        try reader.take(Array(line("s.a").utf8))
        let summary = try reader.finish()
        let profile = ProfileFixture.profile([ProfileFixture.table("a", sizes: [9])])
        let evidence = TruncationEvidence(
            summary, against: profile, recommending: Recommender(profile).recommend().tables)
        #expect(evidence.outcomes.count == TruncationEvidence.mostUnknown + 1)
        #expect(evidence.unlisted.columns == 8000 && evidence.unlisted.values == 8000)
        #expect(evidence.values == 9001 && evidence.columns == 9001)
        let advice = TruncationAdvice(summary, evidence, policy: Policy())
        #expect(advice.relations.map(\.losslessText) == ["s.a"])
        #expect(advice.findings.count { $0.id == "truncation-of-unknown-table" } == 21)
        #expect(advice.findings.contains { $0.message.contains("names 8980 more cut columns") })
    }

    /// What control tables say of a table of the target is said of the source's, with the limit that cuts there.
    @Test func controlTablesAreJoinedWithTheTasks() throws {
        let profile = ProfileFixture.profile([ProfileFixture.table("a", .jsonb, sizes: [9])])
        let rename = """
            , {"rule-type": "transformation", "rule-id": "9", "rule-name": "9", "rule-target": "table",
               "object-locator": {"schema-name": "s", "table-name": "a"}, "rule-action": "rename", "value": "z"}
            """
        let task = try task(Self.selection + rename + Self.limit("a", "limited", 32))
        let evidence = TruncationEvidence(
            TruncationSummary(), against: profile, recommending: Recommender(profile).recommend().tables,
            under: TasksInForce([task], of: profile))
        let table = RelationName(schema: Identifier("s"), name: Identifier("z"))
        let exceptions = [ApplyException.Reason.malformed, .noRow].map {
            ApplyException(task: Identifier("T"), table: table, reason: $0, count: 3, times: nil)
        }
        let failures = [ValidationFailure.Kind.recordDiffers, .missingOnTarget].map {
            ValidationFailure(
                task: Identifier("T"), table: table, kind: $0, count: 3, repaired: 1, times: nil)
        }
        let advice = ControlTableAdvice(exceptions, failures, evidence)
        #expect(advice.relations.map(\.losslessText) == ["s.a"])
        #expect(Set(advice.findings.map(\.subject)) == ["s.a"])
        #expect(advice.findings.map(\.severity) == [.error, .warning, .warning, .warning])
        let words = advice.findings.map(\.message).joined(separator: "\n")
        #expect(words.contains("(on the target \"s.z\")") && words.contains("malformed JSON"))
        #expect(words.contains("\"0 rows affected\"") && words.contains("its LOBs are cut above 32 KB"))
        #expect(words.contains("2 rows (and 1 that data resync has repaired) are missing on the target"))
    }

    /// What must be loaded again is the task's, under the names that the target has.
    @Test func whatIsLoadedAgainIsOfTheTask() throws {
        let rename = """
            , {"rule-type": "transformation", "rule-id": "9", "rule-name": "9", "rule-target": "table",
               "object-locator": {"schema-name": "s", "table-name": "a"}, "rule-action": "rename", "value": "z"}
            """
        let profile = ProfileFixture.profile(["a", "b"].map { ProfileFixture.table($0, sizes: [9]) })
        let other = try task(Self.selection.replacing("\"%\"", with: "\"b\""), named: "other")
        let tasks = TasksInForce([try task(Self.selection + rename, named: "load"), other], of: profile)
        let cut = [RelationName(schema: Identifier("s"), name: Identifier("a"))]
        let restarts = PartialRestart.restarts(after: cut, in: profile, under: tasks)
        #expect(restarts.map(\.task) == ["load"])
        #expect(restarts.first?.truncateCut == "TRUNCATE TABLE \"s\".\"z\";")
        #expect(restarts.first?.truncateAll == "TRUNCATE TABLE \"s\".\"z\", \"s\".\"b\";")
    }
}
