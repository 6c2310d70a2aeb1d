import SizeStatistics
import TestSupport

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// A profile with everything that a snapshot must keep: each method, hostile names, what was not measured.
enum StoredProfile {
    /// As the version of lobscope wrote it that wrote this format.
    static func profile(format: Int = Profile.currentFormat) -> Profile {
        var tables = [table("full", 1, full), table("phases", 2, twoPhase), table("sample", 3, sampled)]
        if format == 1 { tables[0] = table("full", 1, fullOfFormat1) }
        if format <= 2 { tables[2] = table("sample", 3, sampledOfFormat2) }
        for index in tables.indices {
            if format <= 3 { tables[index].reading = nil } else { complete(&tables[index].relation) }
        }
        return Profile(
            format: format, lobscopeVersion: "0.1.0", database: Identifier(bytes: [0x64, 0xFF, 0x2F]),
            server: ServerFacts(
                version: 150_018, isReplica: true, encoding: "SQL_ASCII", blockSize: 8192,
                role: Identifier("lob_reader"), systemIdentifier: "7435839287912394", hasDataChecksums: true),
            startedAt: 1_763_841_600, finishedAt: 1_763_842_325,
            options: PlanOptions(sample: SampleDesign(method: .system, percent: 5, seed: 7)),
            policy: Policy(risk: 0.01, truncationOK: patterns),
            tables: tables,
            largeObjects: LargeObjectSummary(
                count: 2, sizes: SizeDistribution(counts: [9_000_000: 1]), largestOID: 16_999, unreadable: 1),
            unmeasured: [
                Unmeasured(
                    relation: name("\u{202E}evil\"\n</script>"), column: Identifier("x"),
                    reason: .permissionDenied, detail: "SQLSTATE 42501")
            ],
            impact: ServerImpact(
                walBytes: 812, includesOtherSessions: true,
                pauses: [.init(cause: .lag, count: 2, seconds: 75.5)]),
            scope: format == 1 ? nil : Scope(schemas: patterns),
            certificate: format <= 3 ? nil : certificate)
    }

    /// What is known of a relation since format 4.
    private static func complete(_ relation: inout Relation) {
        relation.tree = relation.oid
        relation.isUnlogged = false
        relation.descendants = [name("child")]
        relation.census = .init(columns: 9, harmless: 7, virtual: [Identifier(bytes: [0xFF])])
        relation.isReadWithDescendants = true
        relation.isDistributed = true
    }

    private static let certificate = Certificate(
        serverStartedAt: 1_763_000_000_123_456, snapshotLimit: 900, isOneMoment: false,
        settings: [PinnedSetting(name: "DateStyle", value: "ISO, YMD", sessionDefault: "German, DMY")],
        replica: ReplicaState(replayed: LSN(bytes: 9_000), replayedAt: nil, isPaused: true))

    private static let patterns = (try? NamePattern("s*.\"T\"")).map { [$0] } ?? []

    private static func name(_ table: String) -> RelationName {
        RelationName(schema: Identifier("public"), name: Identifier(table))
    }

    private static func table(_ title: String, _ oid: UInt32, _ measurement: ColumnMeasurement)
        -> TableProfile
    {
        let column = Column(
            number: 2, name: Identifier("body"), typeName: Identifier("jsonb"), typeOID: 3802, family: .jsonb,
            declaredLength: nil, isNotNull: false, isGenerated: false, isSelectable: true, storage: .extended)
        let key = UniqueIndex(
            name: Identifier("pkey"), columns: [1], isPrimary: true, isPartial: false, isImmediate: true,
            isValid: true, isOnNotNullColumns: true)
        let relation = Relation(
            oid: oid, name: name(title), kind: .table, root: nil, blocks: 400, toastBytes: 1 << 20,
            estimatedRows: 20_000, fileNode: oid, accessMethod: Identifier("heap"),
            isRowSecurityActive: false, isSelectable: true,
            replicaIdentity: .default, keys: [key], columns: [column], foreignKeys: [])
        let outcome = TableProfile.SampleOutcome(
            design: SampleDesign(method: .system, percent: 5, seed: 7), blocksRead: 20, blocksTotal: 400,
            rowsRead: measurement.distribution.rows)
        return TableProfile(
            relation: relation, rows: .init(count: 20_000, isExact: measurement.method == .full),
            sample: measurement.method == .sample ? outcome : nil,
            columns: [ColumnProfile(column: column, measurement: measurement)], seconds: 1.25,
            reading: .oneMoment)
    }

    /// 20,000 sizes that fall off as 1 / rank, most of them distinct at the top.
    private static var sizes: SizeDistribution {
        var sizes = SizeDistribution()
        for row in 1...20_000 { sizes.add(ByteCount(Int64(200_000_000 / (row + 30) + row % 7))) }
        sizes.addNulls(12)
        return sizes
    }

    private static var full: ColumnMeasurement {
        ColumnMeasurement(
            method: .full, distribution: sizes,
            largest: [LocatedSize(size: ByteCount(6_451_614), block: 17, offset: 3)])
    }

    /// Format 1 kept 1,024 sizes of every column.
    private static var fullOfFormat1: ColumnMeasurement {
        var measurement = full
        measurement.distribution = sizes
        return measurement
    }

    private static var twoPhase: ColumnMeasurement {
        var (read, strata) = (SizeDistribution(), StoredSizeStrata())
        for row in 1...2000 {
            let stored = ByteCount(Int64(100 + 400_000 / (row + 9)))
            let size = ByteCount(stored.bytes * 3 + stored.bytes * Int64(row % 7) / 7)
            strata.add(stored: stored)
            if row <= 50 { strata.addLargest(stored: stored, size: size) }
            if row > 50, row % 31 == 0 { strata.addRandom(stored: stored, size: size) }
            if row <= 50 || row % 31 == 0 { read.add(size) }
        }
        return ColumnMeasurement(method: .twoPhase, distribution: read, largest: [], strata: strata)
    }

    private static var sampled: ColumnMeasurement {
        let (sizes, blocks) = sample
        return ColumnMeasurement(method: .sample, distribution: sizes, largest: [], blocks: blocks)
    }

    /// Formats 1 and 2 kept 1,024 sizes of samples.
    private static var sampledOfFormat2: ColumnMeasurement {
        var measurement = sampled
        measurement.distribution = sample.sizes
        return measurement
    }

    private static var sample: (sizes: SizeDistribution, blocks: BlockSummary) {
        var (sizes, blocks) = (SizeDistribution(), BlockSummary())
        for block in 1...20 {
            let row = (1...40).map { ByteCount(Int64(50_000 / (block * 3 + $0) + 100)) }
            row.forEach { sizes.add($0) }
            blocks.add(sizes: row, nulls: 0)
        }
        return (sizes, blocks)
    }
}
