import LOBAdvice
import LOBReports
import SizeStatistics
import TestSupport

/// The one report that feeds every format: tables of each kind, measured in each way, and hostile names.
enum GoldenReport {
    /// The report of the golden files.
    static let report = report(of: GoldenTables.all, unmeasured: GoldenTables.unmeasured)

    /// The same measurement where a policy file accepts findings.
    static func accepting(_ accepted: [AcceptedFinding]) -> Report {
        var policy = Self.policy
        policy.accepted = accepted
        let profile = report.profile.with(policy: policy)
        return Report(
            profile: profile, recommendation: Recommender(profile).recommend(),
            snapshotDigest: report.snapshotDigest)
    }

    /// A report of tables, with the rest of the profile fixed.
    static func report(
        of tables: [TableProfile], unmeasured: [Unmeasured] = [], startedAt: Int64 = 1_763_841_600,
        database: String = "orders", version: String = "0.1.0"
    ) -> Report {
        let profile = Profile(
            lobscopeVersion: version, database: Identifier(database), server: server,
            startedAt: startedAt,
            finishedAt: startedAt + 725,
            options: PlanOptions(
                method: .auto, sample: SampleDesign(method: .system, percent: 5, seed: 20_261_122)),
            policy: policy, tables: tables.sorted { $0.relation.name < $1.relation.name },
            largeObjects: largeObjects, unmeasured: unmeasured,
            impact: ServerImpact(
                walBytes: nil, includesOtherSessions: true,
                pauses: [.init(cause: .lag, count: 2, seconds: 75.5)], snapshotSeconds: 61.5),
            certificate: certificate)
        return Report(
            profile: profile, recommendation: Recommender(profile).recommend(),
            snapshotDigest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
    }

    private static let server = ServerFacts(
        version: 150_018, isReplica: true, encoding: "UTF8", blockSize: 8192, role: Identifier("lob_reader"),
        systemIdentifier: "7435839287912394", hasDataChecksums: true)

    /// That of a replica on which no commit was replayed since it started: how old its data is is not known.
    private static let certificate = Certificate(
        serverStartedAt: 1_794_000_000_000_000, snapshotLimit: 900, isOneMoment: false,
        settings: [
            PinnedSetting(name: "bytea_output", value: "hex", sessionDefault: "escape"),
            PinnedSetting(name: "TimeZone", value: "<-12:34>+12:34", sessionDefault: "UTC"),
            PinnedSetting(name: "extra_float_digits", value: "3", sessionDefault: nil),
        ],
        replica: ReplicaState(replayed: LSN(bytes: 0x16_B374_D000), replayedAt: nil, isPaused: true))

    private static var policy: Policy {
        var policy = Policy()
        policy.truncationOK = (try? NamePattern("archive.documents")).map { [$0] } ?? []
        return policy
    }

    private static var largeObjects: LargeObjectSummary {
        LargeObjectSummary(
            count: 5, sizes: SizeDistribution(counts: [120_000: 2, 9_000_000: 1]), largestOID: 16_999,
            unreadable: 2, storedBytes: 6_291_456,
            largest: [
                .init(oid: 16_999, size: ByteCount(9_000_000), storedBytes: 4_010_203),
                .init(oid: 17_001, size: ByteCount(120_000)),
            ],
            owners: [
                .init(role: Identifier("app"), objects: 3, bytes: 9_120_000, unreadable: 1, granted: 1),
                .init(role: Identifier("<b>\u{202E}|"), objects: 1, bytes: 120_000),
                .init(role: Identifier("ghost"), objects: 1, bytes: 0, unreadable: 1),
            ],
            references: references,
            batches: [
                .init(
                    ownerOID: 16_384, role: Identifier("app"), oids: 16_999...17_001,
                    amount: .init(objects: 3, bytes: 9_120_000, unreadable: 1)),
                .init(
                    ownerOID: 16_385, role: Identifier("<b>\u{202E}|"), oids: 17_002...17_002,
                    amount: .init(objects: 1, bytes: 120_000)),
                .init(
                    ownerOID: 16_386, role: Identifier("ghost"), oids: 17_003...17_003,
                    amount: .init(objects: 1, bytes: 0, unreadable: 1)),
            ], reading: .oneMoment)
    }

    private static var references: LargeObjectReferences {
        let table = RelationName(schema: Identifier("public"), name: Identifier("a|b`c"))
        let one = LargeObjectAmount(objects: 1, bytes: 0, unreadable: 1)
        return LargeObjectReferences(
            columns: [
                .init(
                    relation: table, name: Identifier("content"),
                    amount: .init(objects: 2, bytes: 9_120_000), typeName: Identifier("lo"), isLO: true,
                    values: 5, dangling: 3)
            ], unchecked: [], orphans: .init(objects: 1, bytes: 120_000),
            numbers: LargeObjectNumbers(
                columns: [
                    .init(
                        relation: table, name: Identifier("note"), typeName: Identifier("text"), amount: one,
                        numbers: 2, matching: 2),
                    .init(
                        relation: table, name: Identifier("id"), typeName: Identifier("int8"), amount: one,
                        numbers: 50_000, matching: 1),
                ], searched: 7, unchecked: [], only: .init(objects: 2, bytes: 0, unreadable: 2)))
    }
}
