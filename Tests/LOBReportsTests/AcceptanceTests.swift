import LOBAdvice
import Testing

@testable import LOBReports

/// A finding that somebody accepted is shown in every format, and fails in none.
struct AcceptanceTests {
    private static let sentence = "accepted by Jane <Doe> until 2999-03-31, CHG-4711: loaded once, no CDC"

    private static func report() throws -> Report {
        GoldenReport.accepting([
            AcceptedFinding(
                id: "lob-without-key", pattern: try NamePattern("public.ev*"), by: "Jane <Doe>",
                until: CalendarDay("2999-03-31"), ticket: "CHG-4711", reason: "loaded once, no CDC")
        ])
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func number(_ attribute: String, in text: String) throws -> Int {
        let rest = try #require(text.split(separator: "<testsuite ").last)
        let value = try #require(rest.split(separator: " \(attribute)=\"").dropFirst().first)
        return try #require(Int(value.prefix { $0 != "\"" }))
    }

    @Test(arguments: [
        (AcceptedFinding(id: "x", by: "Jane Doe"), "accepted by Jane Doe"),
        (AcceptedFinding(id: "x", by: "Jane Doe", ticket: "CHG-1"), "accepted by Jane Doe, CHG-1"),
        (AcceptedFinding(id: "x", by: "Jane Doe", reason: "old"), "accepted by Jane Doe: old"),
    ])
    func whatIsNotKnownIsLeftOut(_ acceptance: AcceptedFinding, _ words: String) {
        #expect(AcceptanceWords.sentence(acceptance) == words)
    }

    @Test func junitSkipsIt() throws {
        let (plain, accepted) = (
            Self.text(GoldenReport.report.render(.junit)), Self.text(try Self.report().render(.junit))
        )
        for (attribute, change) in [("failures", -1), ("skipped", 1), ("tests", 0), ("errors", 0)] {
            let before = try Self.number(attribute, in: plain)
            #expect(try Self.number(attribute, in: accepted) == before + change, "\(attribute)")
        }
        #expect(!plain.contains("<skipped"))
        let escaped = Self.sentence.replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        #expect(accepted.contains("<skipped message=\"\(escaped)\"/><system-out>"))
    }

    /// Either all results of a run say whether they are suppressed, or none does.
    @Test func sarifSuppressesIt() throws {
        func results(_ report: Report) throws -> [JSONValue] {
            let log = try JSONValue(parsing: report.render(.sarif))
            return try #require(log["runs"]?.elements?.first?["results"]?.elements)
        }
        #expect(try results(GoldenReport.report).allSatisfy { $0["suppressions"] == nil })
        for result in try results(Self.report()) {
            let suppressions = try #require(result["suppressions"]?.elements)
            guard result["ruleId"]?.word == "lob-without-key" else {
                #expect(suppressions.isEmpty)
                continue
            }
            #expect(suppressions.map { $0["kind"]?.word } == ["external"])
            #expect(suppressions.map { $0["status"]?.word } == ["accepted"])
            #expect(suppressions.map { $0["justification"]?.word } == [Self.sentence])
        }
    }

    @Test func reportJSONSaysWho() throws {
        let json = try JSONValue(parsing: Self.report().render(.json))
        let findings = try #require(json["findings"]?.elements)
        let accepted = findings.filter { $0["accepted"] != nil }
        #expect(accepted.map { $0["id"]?.word } == ["lob-without-key"])
        #expect(accepted.first?["accepted"]?["by"]?.word == "Jane <Doe>")
        #expect(accepted.first?["accepted"]?["until"]?.word == "2999-03-31")
        #expect(json["policy"]?["accepted"]?.elements?.map { $0["pattern"]?.word } == ["public.ev*"])
        let plain = try JSONValue(parsing: GoldenReport.report.render(.json))
        #expect(plain["policy"]?["accepted"] == nil)
    }

    @Test func theTerminalNamesWhoAcceptedItAndCountsItApart() throws {
        let report = try Self.report()
        let whole = Self.text(TerminalReport.render(report, width: 200, isWhole: true))
        #expect(whole.contains("; \(Self.sentence) [lob-without-key]\n"))
        #expect(VerdictWords.reason(report).hasSuffix(", 1 accepted"))
        #expect(!VerdictWords.reason(GoldenReport.report).contains("accepted"))
        let groups = FindingGroup.all(report.recommendation.findings)
        #expect(groups.last?.first.acceptance != nil)
        #expect(groups.dropLast().allSatisfy { $0.first.acceptance == nil })
        #expect(
            groups.reduce(0) { $0 + $1.count }
                == FindingGroup.all(GoldenReport.report.recommendation.findings).reduce(0) { $0 + $1.count })
    }

    /// A colour asks for action.
    @Test func itHasNoColour() throws {
        let finding = try #require(
            try Self.report().recommendation.findings.first { $0.acceptance != nil })
        let renderer = TerminalRenderer(width: 100, isColored: true)
        let lines = renderer.lines(.findings(FindingGroup.all([finding]).map { $0.finding(listing: .max) }))
        #expect(!lines.joined().utf8.contains(0x1B))
        let open = try #require(GoldenReport.report.recommendation.findings.first { $0.id == finding.id })
        let painted = renderer.lines(.findings(FindingGroup.all([open]).map { $0.finding(listing: .max) }))
        #expect(painted.joined().utf8.contains(0x1B))
    }

    @Test func lintShowsItLastAndDoesNotFail() throws {
        func lint(_ accepted: [AcceptedFinding]) -> LintReport {
            let report = GoldenReport.accepting(accepted)
            return LintReport(
                review: report.recommendation.review, profile: report.profile, mappingPath: nil,
                settingsPath: nil)
        }
        let open = lint([])
        #expect(open.reaches(.error) && open.reaches(.info))
        let ids = Set(open.review.findings.map(\.id)).sorted()
        let all = lint(ids.map { AcceptedFinding(id: $0, by: "Jane") })
        #expect(all.review.findings.map(\.id) == open.review.findings.map(\.id))
        #expect(!all.reaches(.info))
        let one = lint([AcceptedFinding(id: "lob-without-key", by: "Jane")])
        let text = Self.text(one.render(.text, detail: LintDetail(hasEveryFinding: true), width: 200))
        #expect(text.contains(", 1 accepted, 1 not measured, against the profile of "))
        #expect(text.contains("; accepted by Jane [lob-without-key]\n  hint: "))
        #expect(text.split(separator: "\n").last { $0.contains("[") }?.contains("[lob-without-key]") == true)
    }
}
