import LOBProfile
import LOBReports
import SizeStatistics

/// The one report that feeds every format: tables of each kind, measured in each way, and hostile names.
enum GoldenReport {
    /// The report of the golden files.
    static let report = report(of: GoldenTables.all, unmeasured: GoldenTables.unmeasured)

    /// A report of tables, with the rest of the profile fixed.
    static func report(
        of tables: [TableProfile], unmeasured: [Unmeasured] = [], startedAt: Int64 = 1_763_841_600,
        database: String = "orders"
    ) -> Report {
        let profile = Profile(
            lobscopeVersion: "0.1.0", database: Identifier(database), server: server,
            startedAt: startedAt,
            finishedAt: startedAt + 725,
            options: PlanOptions(
                method: .auto, sample: SampleDesign(method: .system, percent: 5, seed: 20_261_122)),
            policy: policy, tables: tables.sorted { $0.relation.name < $1.relation.name },
            largeObjects: largeObjects, unmeasured: unmeasured,
            impact: ServerImpact(
                walBytes: nil, includesOtherSessions: true,
                pauses: [.init(cause: .lag, count: 2, seconds: 75.5)], snapshotSeconds: 61.5))
        return Report(
            profile: profile, recommendation: Recommender(profile).recommend(),
            snapshotDigest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
    }

    private static let server = ServerFacts(
        version: 150_018, isReplica: true, encoding: "UTF8", blockSize: 8192, role: Identifier("lob_reader"),
        systemIdentifier: "7435839287912394", hasDataChecksums: true)

    private static var policy: Policy {
        var policy = Policy()
        policy.truncationOK = (try? NamePattern("archive.documents")).map { [$0] } ?? []
        return policy
    }

    private static var largeObjects: LargeObjectSummary {
        LargeObjectSummary(
            count: 3, sizes: SizeDistribution(counts: [120_000: 2, 9_000_000: 1]), largestOID: 16_999,
            unreadable: 0, storedBytes: 6_291_456,
            largest: [
                .init(oid: 16_999, size: ByteCount(9_000_000), storedBytes: 4_010_203),
                .init(oid: 17_001, size: ByteCount(120_000)),
            ],
            owners: [
                .init(role: Identifier("app"), objects: 2, bytes: 9_120_000),
                .init(role: Identifier("<b>\u{202E}|"), objects: 1, bytes: 120_000),
            ],
            references: LargeObjectReferences(
                columns: [
                    .init(
                        relation: RelationName(schema: Identifier("public"), name: Identifier("a|b`c")),
                        name: Identifier("content"), objects: 2, bytes: 9_120_000)
                ], unchecked: [], orphans: .init(objects: 1, bytes: 120_000)))
    }
}
