import LOBReports
import SizeStatistics
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// What a policy file decides about some tables.
struct TablePolicyTests {
    private static let sizes = (1...2000).map { rank in Int64(100_000 / Double(rank).squareRoot()) }

    private func recommend(_ policy: Policy) throws -> Recommendation {
        Recommender(ProfileFixture.profile([ProfileFixture.table("t", sizes: Self.sizes)], policy: policy))
            .recommend()
    }

    private func entry(_ pattern: String, _ change: (inout TablePolicy) -> Void) throws -> TablePolicy {
        var entry = TablePolicy(tables: [try NamePattern(pattern)])
        change(&entry)
        return entry
    }

    @Test func aWaiverThatHoldsAcceptsTruncationAndSaysWhose() throws {
        let entry = try entry("t") {
            $0.truncation = TruncationDecision(
                isOK: true, by: "Ana", until: CalendarDay("2999-12-31"), ticket: "CHG-7")
        }
        let table = try #require(try recommend(Policy(sizing: .octets, tables: [entry])).tables.first)
        #expect(table.isTruncationOK)
        #expect(table.mode == .limited)
        #expect(table.reason == .truncationOK(table.bulkMaxSize, entry.truncation))
    }

    @Test func aWaiverPastItsDayCountsNoMoreAndIsAFinding() throws {
        let entry = try entry("t") {
            $0.truncation = TruncationDecision(isOK: true, by: "Ana", until: CalendarDay("1969-12-31"))
        }
        let profile = ProfileFixture.profile(
            [ProfileFixture.table("t", sizes: Self.sizes)], policy: Policy(tables: [entry]))
        let day = CalendarDay(seconds: profile.startedAt)
        #expect(day > (try #require(CalendarDay("1969-12-31"))))
        let recommendation = Recommender(profile).recommend()
        #expect(recommendation.tables.first?.isTruncationOK == false)
        #expect(recommendation.tables.first?.mode == .unlimited)
        let finding = recommendation.findings.first { $0.id == "waiver-expired" }
        #expect(finding?.severity == .warning)
        #expect(finding?.message.contains("Ana") == true)
    }

    @Test func aWaiverHoldsOnItsLastDay() throws {
        let day = try #require(CalendarDay("2027-03-31"))
        let decision = TruncationDecision(isOK: true, until: day)
        // 2027-03-31T23:59:59Z and the second after it.
        #expect(decision.holds(at: 1_806_537_599))
        #expect(!decision.holds(at: 1_806_537_600))
    }

    @Test func anAgreedLimitIsTheSettingWhereTruncationIsAccepted() throws {
        let accepted = try entry("t") {
            $0.truncation = TruncationDecision(isOK: true)
            $0.limit = Kibibytes(8)
        }
        let table = try #require(
            try recommend(Policy(sizing: .octets, tables: [accepted])).tables.first)
        #expect(table.mode == .limited && table.bulkMaxSize == Kibibytes(8))
        #expect(table.risk == 1)
        let refused = try entry("t") { $0.limit = Kibibytes(8) }
        #expect(try recommend(Policy(tables: [refused])).tables.first?.mode == .unlimited)
    }

    @Test func theLaterOfTwoEntriesCountsAndWhatItLeavesOpenStays() throws {
        let all = try entry("*") {
            $0.risk = 0.01
            $0.growth = .rows(10)
        }
        let one = try entry("t") { $0.risk = 0.2 }
        let relation = ProfileFixture.table("t", sizes: [1]).relation
        let applied = Policy(tables: [all, one]).applied(to: relation)
        #expect(applied.risk == 0.2)
        #expect(applied.growth == .rows(10))
        #expect(Policy(tables: [one, all]).applied(to: relation).risk == 0.01)
        let other = ProfileFixture.table("u", sizes: [1]).relation
        #expect(Policy(tables: [all, one]).applied(to: other).risk == 0.01)
    }

    @Test func growthOfOneTableRaisesItsLimitAlone() throws {
        let growing = try entry("t") { $0.growth = .share(1) }
        let tables = ["t", "u"].map { ProfileFixture.table($0, sizes: Self.sizes) }
        let policy = Policy(sizing: .octets, tables: [growing])
        let recommended = Recommender(ProfileFixture.profile(tables, policy: policy)).recommend().tables
        let limits = try recommended.map { try #require($0.limit) }
        #expect(limits.count == 2)
        #expect(limits[0] > limits[1])
        #expect(limits[1] == Kibibytes(98))
    }

    @Test func anEntryAboutNoTableIsTold() throws {
        let stray = try entry("nowhere.*") { $0.risk = 0.5 }
        let findings = try recommend(Policy(tables: [stray])).findings
        #expect(findings.contains { $0.id == "policy-without-table" && $0.subject == "nowhere.*" })
    }

    @Test(
        arguments: [
            (0, "1970-01-01"), (-1, "1969-12-31"), (951_782_400, "2000-02-29"), (4_107_542_399, "2100-02-28"),
            (4_107_542_400, "2100-03-01"), (1_795_391_999, "2026-11-22"),
        ] as [(Int64, String)])
    func momentsHaveTheirDay(seconds: Int64, text: String) {
        #expect(CalendarDay(seconds: seconds).text == text)
        #expect(CalendarDay(text)?.text == text)
    }

    @Test(arguments: [
        "", "2027-02-29", "2027-13-01", "2027-00-10", "2027-1-1", "27-01-01", "2027/01/01", "soon",
    ])
    func daysThatDoNotExistAreRefused(text: String) {
        #expect(CalendarDay(text) == nil)
    }
}
