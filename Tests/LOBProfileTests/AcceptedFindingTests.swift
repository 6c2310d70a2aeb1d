import Foundation
import LOBReports
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// Findings that a policy file accepts: which they are, for how long, and what they count for.
struct AcceptedFindingTests {
    private static let id = "lob-without-key"
    private static let lastDay = CalendarDay("2027-03-31")

    /// Two tables without a key.
    private func recommend(_ accepted: [AcceptedFinding], startedAt: Int64 = 0) -> Recommendation {
        let tables = ["event", "orders"].map { ProfileFixture.table($0, sizes: [10, 20], keys: []) }
        return Recommender(
            ProfileFixture.profile(tables, policy: Policy(accepted: accepted), startedAt: startedAt)
        ).recommend()
    }

    private func pattern(_ text: String) throws -> NamePattern { try NamePattern(text) }

    /// Who accepted the findings without a key, in the order of tables.
    private func names(_ recommendation: Recommendation) -> [String?] {
        recommendation.findings.filter { $0.id == Self.id }.map { $0.acceptance?.by }
    }

    @Test func onlyWhatIsAskedForIsAccepted() throws {
        #expect(names(recommend([])) == [nil, nil])
        #expect(names(recommend([AcceptedFinding(id: Self.id, by: "Ana")])) == ["Ana", "Ana"])
        let one = try recommend([AcceptedFinding(id: Self.id, pattern: pattern("s.ev*"), by: "Ana")])
        #expect(names(one) == ["Ana", nil])
        #expect(one.findings.count { $0.acceptance != nil } == 1)
        #expect(one.verdict == .notReady && one.review.verdict == .notReady)
    }

    @Test func ofTwoEntriesInForceTheLaterIsShown() throws {
        let all = AcceptedFinding(id: Self.id, by: "Ana")
        let one = AcceptedFinding(id: Self.id, pattern: try pattern("event"), by: "Ben")
        let expired = AcceptedFinding(id: Self.id, by: "Old", until: CalendarDay("1969-12-31"))
        #expect(names(recommend([all, one, expired])) == ["Ben", "Ana"])
        #expect(names(recommend([one, all])) == ["Ana", "Ana"])
    }

    @Test func whatIsAcceptedIsShownAndCountsInNoVerdict() {
        let open = recommend([])
        let ids = Set(open.findings.filter { $0.severity > .info }.map(\.id))
        let accepted = recommend(ids.sorted().map { AcceptedFinding(id: $0, by: "Ana") })
        #expect(open.verdict == .notReady && accepted.verdict == .ready)
        #expect(accepted.review.verdict == .ready)
        #expect(accepted.findings.map { $0.accepted(by: nil) } == open.findings)
        // What the review found is among what the report says, accepted or not.
        #expect(accepted.review.findings.allSatisfy(accepted.findings.contains))
        let one = recommend(ids.sorted().dropFirst().map { AcceptedFinding(id: $0, by: "Ana") })
        #expect(one.verdict != .ready)
    }

    @Test func lintHoldsDeployedFilesAgainstThemToo() throws {
        let tables = ["event", "orders"].map { ProfileFixture.table($0, sizes: [100]) }
        let name = RelationName(schema: Identifier("s"), name: Identifier("event"))
        let task = DeployedTask(
            mapping: MappingDocument(tables: [
                MappingTable(name: name, lobSettings: .limited(Kibibytes(32)))
            ]), settings: nil)
        func review(_ accepted: [AcceptedFinding]) -> Review {
            let profile = ProfileFixture.profile(tables, policy: Policy(accepted: accepted))
            return Review(
                [task], of: profile, recommending: Recommender(profile).tables(), policy: profile.policy)
        }
        let open = review([])
        #expect(open.findings.map(\.id) == ["lint-table-missing"] && open.verdict == .readyWithNotes)
        let id = "lint-table-missing"
        let accepted = try review([AcceptedFinding(id: id, pattern: pattern("s.orders"), by: "Ana")])
        #expect(accepted.findings.map { $0.acceptance?.by } == ["Ana"] && accepted.verdict == .ready)
        let other = try review([AcceptedFinding(id: id, pattern: pattern("s.event"), by: "Ana")])
        #expect(other == open)
    }

    @Test func afterItsLastDayAFindingCountsAgainAndTheReportSaysSo() throws {
        let entry = AcceptedFinding(id: Self.id, by: "Ana", until: Self.lastDay)
        // 2027-03-31T23:59:59Z and the second after it.
        let before = recommend([entry], startedAt: 1_806_537_599)
        #expect(names(before) == ["Ana", "Ana"])
        #expect(!before.findings.contains { $0.id.hasPrefix("acceptance-") })
        let after = recommend([entry], startedAt: 1_806_537_600)
        #expect(names(after) == [nil, nil])
        let finding = try #require(after.findings.first { $0.id == "acceptance-expired" })
        #expect(finding.severity == .warning && finding.subject == Self.id)
        #expect(
            finding.message.contains("by Ana until 2027-03-31")
                && finding.message.contains("2 findings count"))
        let stale = AcceptedFinding(
            id: Self.id, pattern: try pattern("gone.*"), by: "Ana", until: Self.lastDay)
        let tidy = recommend([stale], startedAt: 1_806_537_600).findings.filter {
            $0.id.hasPrefix("acceptance-")
        }
        #expect(tidy.map(\.id) == ["acceptance-expired"] && tidy.map(\.severity) == [.info])
        #expect(tidy.map(\.subject) == ["lob-without-key of gone.*"])
    }

    @Test func anEntryThatAcceptsNothingIsTold() throws {
        let entries = [
            AcceptedFinding(id: Self.id, pattern: try pattern("gone.*"), by: "Ana"),
            AcceptedFinding(id: "publications", by: "Ana"),
            // Only deployed files can have it.
            AcceptedFinding(id: "lint-setting-misspelt", by: "Ana"),
            AcceptedFinding(id: Self.id, pattern: try pattern("event"), by: "Ana"),
        ]
        let found = recommend(entries).findings.filter { $0.id == "acceptance-unused" }
        #expect(found.map(\.subject) == ["lob-without-key of gone.*", "publications"])
        #expect(found.allSatisfy { $0.severity == .info })
    }

    private static let subjects = FindingSubjects([
        Fixtures.relation("s", "t"), Fixtures.relation("S", "T"),
        Fixtures.relation(
            "s", "leaf", kind: .leaf,
            root: RelationName(schema: Identifier("s"), name: Identifier("root"))),
        Fixtures.relation("a", "b"), Fixtures.relation("a", "b.c"),
    ])

    @Test(arguments: [
        ("s.t", "s.t", true), ("s.t.body", "s.t", true), ("s.t.body", "t", true), ("s.t.body", "s.u", false),
        ("s.t.body", "*.body", false), ("S.T", "s.t", false), ("S.T", "\"S\".\"T\"", true),
        // A leaf is matched by its root's name too.
        ("s.leaf.body", "s.root", true), ("s.root", "s.root", true), ("s.root", "s.leaf", false),
        // Two tables may be meant.
        ("a.b.c", "a.b", false), ("a.b.c", "a.\"b.c\"", false), ("a.b.c", "a.*", true),
        ("a.b.x", "a.b", true),
        // What is no table, and tables that the profile does not have.
        ("source endpoint", "source*", true), ("source endpoint", "*.*", false),
        ("wal_level", "wal_level", true),
        ("gone.x", "gone.x", true), ("gone.x.y", "gone.x", true), ("gone.x", "s.*", false),
    ]) func patternsAreForTheTablesThatFindingsAreAbout(subject: String, pattern: String, isMatched: Bool)
        throws
    {
        #expect(Self.subjects.isMatched(subject, by: try NamePattern(pattern)) == isMatched)
    }

    @Test func aPolicyIsStoredWithThemAndReadWithoutThem() throws {
        let policy = Policy(accepted: [
            AcceptedFinding(
                id: Self.id, pattern: try pattern("s.*"), by: "Ana", until: Self.lastDay, ticket: "CHG-1",
                reason: "why"),
            AcceptedFinding(id: "publications", by: "Ana"),
        ])
        let stored = try JSONEncoder().encode(policy)
        #expect(try JSONDecoder().decode(Policy.self, from: stored) == policy)
        // As format 3 has it.
        var members = try #require(try JSONSerialization.jsonObject(with: stored) as? [String: Any])
        #expect(members.removeValue(forKey: "accepted") != nil)
        let earlier = try JSONSerialization.data(withJSONObject: members)
        #expect(try JSONDecoder().decode(Policy.self, from: earlier) == Policy())
    }

    @Test func idsThatAreMisspeltAreFoundAndThoseOfLogsAreNoneToAccept() {
        for (text, id) in [
            ("lob_without_key", "lob-without-key"), ("CANARY", "canary"), ("look-up", "look-ups"),
            ("truncation-sen", nil), ("something", nil),
        ] as [(String, String?)] {
            #expect(FindingRegistry.probablyMeant(by: text) == id, "\(text)")
        }
        #expect(FindingRegistry.acceptable.contains("lint-limit-too-small"))
        #expect(!FindingRegistry.acceptable.contains("truncation-seen"))
    }
}
