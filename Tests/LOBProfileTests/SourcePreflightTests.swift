import LOBReports
import Testing

@testable import LOBAdvice
@testable import LOBProfile

/// Settings of the source that stand in the way of capturing changes.
@Suite struct SourcePreflightTests {
    private func findings(
        _ facts: ReplicationFacts, slots: [SlotAssignment.Slot] = [], isReplica: Bool = false,
        migrationType: MigrationType = .cdc
    ) -> [Finding] {
        let profile = profile(
            facts, [ProfileFixture.table("t", sizes: [1])], slots: slots, isReplica: isReplica,
            migrationType: migrationType)
        return SourcePreflight(
            profile: profile, policy: profile.policy,
            slots: slots.isEmpty ? [nil] : slots.map { Optional($0.name) }
        ).findings
    }

    private func profile(
        _ facts: ReplicationFacts, _ tables: [TableProfile], slots: [SlotAssignment.Slot] = [],
        isReplica: Bool = false, migrationType: MigrationType = .cdc
    ) -> Profile {
        let base = ProfileFixture.profile(tables)
        let server = ServerFacts(
            version: 150_018, isReplica: isReplica, encoding: "UTF8", blockSize: 8192, role: Identifier("r"),
            systemIdentifier: nil, hasDataChecksums: false, replication: facts)
        let policy = Policy(migrationType: migrationType)
        return Profile(
            lobscopeVersion: "0", database: Identifier("d"), server: server, startedAt: 0, finishedAt: 0,
            options: PlanOptions(), policy: policy, tables: base.tables, largeObjects: nil, unmeasured: [],
            deployment: slots.isEmpty ? nil : Deployment(slots: SlotAssignment(source: .file, slots: slots)))
    }

    private func facts(
        walLevel: String = "logical", slots: (Int, Int) = (10, 0), senders: (Int, Int) = (10, 0),
        kept: Int? = -1,
        timeout: Int = 60_000, prepared: Int = 0
    ) -> ReplicationFacts {
        ReplicationFacts(
            walLevel: walLevel, slots: .init(limit: slots.0, taken: slots.1),
            senders: .init(limit: senders.0, taken: senders.1), slotKeepMebibytes: kept,
            senderTimeoutMilliseconds: timeout, preparedTransactions: prepared)
    }

    private func slot(_ name: String, isOnServer: Bool?) -> SlotAssignment.Slot {
        SlotAssignment.Slot(name: Identifier(name), tables: [], isOnServer: isOnServer)
    }

    @Test func aSourceThatIsReadyHasNoFinding() {
        #expect(findings(facts()) == [])
        #expect(findings(facts(kept: nil, timeout: 0)) == [])
        #expect(findings(facts(timeout: 10_000)) == [] && findings(facts(timeout: 300_000)) == [])
    }

    @Test func eachSettingIsNamed() {
        let wrong = facts(
            walLevel: "replica", slots: (4, 4), senders: (0, 0), kept: 1024, timeout: 5000, prepared: 2)
        let found = findings(wrong)
        #expect(
            found.map(\.id) == [
                "source-wal-level", "source-replication-slots", "source-wal-senders", "source-slot-keep-size",
                "source-sender-timeout", "source-prepared-transactions",
            ])
        #expect(found.map(\.severity) == [.error, .error, .error, .warning, .error, .warning])
        #expect(findings(facts(timeout: 600_000)).map(\.severity) == [.warning])
        // ALTER SYSTEM is not allowed on RDS and Aurora.
        for finding in found where finding.remedy.contains("ALTER SYSTEM") {
            #expect(finding.remedy.contains("on Amazon RDS and Aurora set"), "\(finding.id)")
        }
        // A full load needs no WAL, and the settings of a replica say nothing of its primary.
        #expect(findings(wrong, migrationType: .fullLoad) == [])
        #expect(findings(wrong, isReplica: true) == [])
    }

    @Test func slotsThatAreThereNeedNoPlace() {
        let full = facts(slots: (2, 2))
        let there = ["a", "b"].map { slot($0, isOnServer: true) }
        #expect(findings(full, slots: there) == [])
        #expect(
            findings(full, slots: there + [slot("c", isOnServer: false)]).map(\.id) == [
                "source-replication-slots"
            ])
        #expect(findings(facts(senders: (3, 2)), slots: there).map(\.id) == ["source-wal-senders"])
    }

    /// A mapping that AWS would refuse for its size is two tasks, each with a slot of its own.
    @Test func everyTaskThatIsWrittenIsCounted() {
        let long = String(repeating: "x", count: 800)
        let tables = (0..<900).map { ProfileFixture.table("t\($0)_\(long)", sizes: [5]) }
        let recommendation = Recommender(profile(facts(slots: (5, 4), senders: (5, 4)), tables)).recommend()
        #expect(recommendation.tasks.count == 2)
        let told = recommendation.findings.filter { $0.id.hasPrefix("source-") }
        #expect(told.map(\.id) == ["source-replication-slots", "source-wal-senders"])
        #expect(told.allSatisfy { $0.message.hasSuffix("the tasks need 2 more") })
        // A divided slot of a file is on no server under its new names.
        let one = SlotAssignment.Slot(name: Identifier("one"), tables: tables.map(\.relation.name))
        let divided = Recommender(
            profile(facts(slots: (5, 4), senders: (5, 3)), tables, slots: [one])
        ).recommend()
        #expect(divided.tasks.compactMap(\.slot) == [Identifier("one_1"), Identifier("one_2")])
        #expect(
            divided.findings.map(\.id).filter { $0.hasPrefix("source-") } == ["source-replication-slots"])
    }
}
