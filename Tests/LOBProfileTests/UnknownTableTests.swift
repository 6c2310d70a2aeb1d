import LOBAdvice
import LOBReports
import SizeStatistics
import Testing

/// What failed is missing on the target, whether the profile has its table or not.
@Suite struct UnknownTableTests {
    private static func apply(_ text: String) -> String {
        "2025-03-02T10:11:12 [TARGET_APPLY    ]E:  \(text) [1022502]  (ar_odbc_stmt.c:2415)\n"
    }

    private static func refusal(_ table: String, _ words: String) -> String {
        apply("Failed to execute statement: 'UPDATE \"s\".\"\(table)\" SET \"doc\"=? '") + apply(words)
    }

    private static let malformed = "RetCode: SQL_ERROR  SqlState: 22P02 NativeError: 1 Message: x"
    private static let noRow = "0 rows affected"

    private let profile = ProfileFixture.profile([ProfileFixture.table("a", .jsonb, sizes: [9])])

    private func evidence(_ summary: TruncationSummary) -> TruncationEvidence {
        TruncationEvidence(
            summary, against: profile, recommending: Recommender(profile).recommend().tables)
    }

    private func advice(_ log: String) throws -> TruncationAdvice {
        var reader = TruncationReader(source: "task.log")
        try reader.take(Array(log.utf8))
        let summary = try reader.finish()
        return TruncationAdvice(summary, evidence(summary), policy: Policy())
    }

    @Test func aRefusedValueIsAnErrorWhateverTheProfileKnows() throws {
        let advice = try advice(
            Self.refusal("a", Self.malformed) + Self.refusal("gone", Self.malformed)
                + "[TASK_MANAGER ]W:  Table 's'.'lost' was errored/suspended (subtask 0 thread 1)\n"
                + Self.refusal("quiet", Self.noRow))
        #expect(
            advice.findings.map(\.id) == [
                "log-failed-load", "log-malformed-value", "log-malformed-value", "change-without-row",
            ])
        #expect(advice.findings.map(\.severity) == [.error, .error, .error, .warning])
        #expect(advice.findings.map(\.subject) == ["s.lost", "s.a", "s.gone", "s.quiet"])
        for finding in advice.findings where finding.subject != "s.a" {
            #expect(finding.message.hasPrefix("\"\(finding.subject)\": "))
            #expect(finding.message.hasSuffix("; the profile has no such table"))
        }
        // No table can be measured that the profile does not have: how to find it is said instead.
        #expect(advice.relations.map(\.losslessText) == ["s.a"])
        let gone = try #require(advice.findings.first { $0.subject == "s.gone" })
        #expect(gone.remedy.contains("--mapping") && !gone.remedy.contains("--remeasure"))
    }

    @Test func aFailedLoadOfNoTableIsAnErrorToo() throws {
        let advice = try advice(
            "[TARGET_LOAD ]E:  Command failed to load data with exit error code 0 and exitwhy 1 [1020403]\n")
        #expect(advice.findings.map(\.id) == ["log-failed-load"])
        #expect(advice.findings.map(\.severity) == [.error])
    }

    /// A log may name more tables than a database has; what lost rows is listed before what did not.
    @Test func manyUnknownTablesAreSummedUp() throws {
        let quiet = (0..<30).map { Self.refusal("a\($0)", Self.noRow) }
        let lost = (0..<5).map { Self.refusal("z\($0)", Self.malformed) }
        let some = try advice((quiet + lost).joined())
        #expect(some.findings.count { $0.id == "log-malformed-value" } == 5)
        #expect(some.findings.count { $0.id == "change-without-row" } == 15)
        let rest = try #require(some.findings.first { $0.id == "truncation-of-unknown-table" })
        #expect(rest.message.contains("name 15 more tables") && rest.severity == .warning)
        let many = try advice((0..<30).map { Self.refusal("z\($0)", Self.malformed) }.joined())
        #expect(many.findings.map(\.severity) == Array(repeating: .error, count: 21))
        #expect(many.findings.contains { $0.message.contains("name 10 more tables") })
    }

    @Test(arguments: [
        ("a", ApplyException.Reason.sqlState("22P02"), Finding.Severity.error),
        ("gone", .sqlState("22P02"), .error), ("gone", .malformed, .error),
        ("gone", .sqlState("23505"), .warning),
        ("gone", .noRow, .warning), ("a", .sqlState("23505"), .warning),
    ])
    func rowsOfControlTablesAreJudgedTheSame(
        table: String, reason: ApplyException.Reason, severity: Finding.Severity
    ) throws {
        let exception = ApplyException(
            task: Identifier("T"), table: RelationName(schema: Identifier("s"), name: Identifier(table)),
            reason: reason, count: 3, times: nil)
        let advice = ControlTableAdvice([exception], [], evidence(TruncationSummary()))
        #expect(advice.findings.map(\.severity) == [severity])
        let finding = try #require(advice.findings.first)
        #expect(finding.message.contains("the profile has no such table") == (table == "gone"))
        #expect(advice.relations.isEmpty == (table == "gone" || severity == .warning))
    }

    /// A text that was cut is no malformed value: something else is wrong, and the value is missing all the same.
    @Test func aTableWithoutStructuredLOBsIsNoWarningEither() throws {
        let profile = ProfileFixture.profile([ProfileFixture.table("a", sizes: [9])])
        let evidence = TruncationEvidence(
            TruncationSummary(), against: profile, recommending: Recommender(profile).recommend().tables)
        let exception = ApplyException(
            task: Identifier("T"), table: RelationName(schema: Identifier("s"), name: Identifier("a")),
            reason: .sqlState("22P02"), count: 1, times: nil)
        let advice = ControlTableAdvice([exception], [], evidence)
        #expect(advice.findings.map(\.severity) == [.error] && advice.relations.isEmpty)
        #expect(advice.findings.first?.remedy.contains("awsdms_apply_exceptions") == true)
    }
}
