import Foundation
import LOBProfile
import LOBStore
import SizeStatistics
import Testing

struct SnapshotSizeTests {
    /// What 1,000 columns may take.
    private static let limit = 600_000

    @Test func aThousandColumnsTakeNoMoreThanTheLimit() throws {
        let profile = Self.profile(columns: 1000)
        let sealed = try Snapshot.seal(profile)
        print("snapshot of 1,000 columns: \(sealed.bytes.count) bytes")
        #expect(sealed.bytes.count <= Self.limit)
        let folder = try ScratchFolder()
        let read = try Snapshot.open(try folder.put(sealed.bytes, sealed.name)).profile
        #expect(read == profile)
    }

    /// 250 tables of 4 columns, each read completely.
    private static func profile(columns: Int) -> Profile {
        var sizes = SkewedSizes()
        let tables = (0..<columns / 4).map { table(Int32($0), &sizes) }
        return Profile(
            lobscopeVersion: "0.1.0", database: Identifier("orders"),
            server: ServerFacts(
                version: 150_018, isReplica: false, encoding: "UTF8", blockSize: 8192,
                role: Identifier("lob_reader"), systemIdentifier: nil, hasDataChecksums: false),
            startedAt: 1_763_841_600, finishedAt: 1_763_842_325, options: PlanOptions(), policy: Policy(),
            tables: tables, largeObjects: nil, unmeasured: [], scope: Scope())
    }

    private static func table(_ number: Int32, _ sizes: inout SkewedSizes) -> TableProfile {
        let columns = (2...5).map { column in
            Column(
                number: column, name: Identifier("body_of_\(column)"), typeName: Identifier("text"),
                typeOID: 25,
                family: .text, declaredLength: nil, isNotNull: false, isGenerated: false, isSelectable: true,
                storage: .extended)
        }
        let key = UniqueIndex(
            name: Identifier("document_\(number)_pkey"), columns: [1], isPrimary: true, isPartial: false,
            isImmediate: true, isValid: true, isOnNotNullColumns: true)
        let relation = Relation(
            oid: UInt32(16_400 + 7 * number),
            name: RelationName(schema: Identifier("public"), name: Identifier("document_\(number)")),
            kind: .table, root: nil, blocks: Int(sizes.next() % 100_000),
            toastBytes: Int64(sizes.next() % 1_000_000_000),
            estimatedRows: Double(sizes.next() % 1_000_000), fileNode: UInt32(16_400 + 7 * number),
            accessMethod: Identifier("heap"), isRowSecurityActive: false, isSelectable: true,
            isExtensionOwned: false, replicaIdentity: .default, keys: [key], columns: columns, foreignKeys: []
        )
        let profiles = columns.map { ColumnProfile(column: $0, measurement: sizes.measurement()) }
        return TableProfile(
            relation: relation,
            rows: .init(count: profiles[0].measurement?.distribution.rows ?? 0, isExact: true), sample: nil,
            columns: profiles, seconds: Double(sizes.next() % 1_000_000) / 1e6)
    }
}

/// Sizes as columns have them: some thousand to a million rows, over three to six decades.
private struct SkewedSizes {
    private var state: UInt64 = 20_261_122

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) / 9_007_199_254_740_992 }

    /// A Pareto tail over a body: 1,000 distinct sizes, each for as many rows as the column has of it.
    mutating func measurement() -> ColumnMeasurement {
        let (median, shape) = (pow(10, 2 + 2 * uniform()), 0.3 + uniform())
        let rowsForEach = pow(10, 3 * uniform())
        var sizes = SizeDistribution()
        for rank in 0..<1000 {
            let share = (Double(rank) + uniform()) / 1000
            let isTail = share < 0.2
            let count = isTail ? 1 : max(1, Int(rowsForEach * (0.5 + uniform())))
            sizes.add(ByteCount(Int64(median * pow(share, -shape))), count: count)
        }
        sizes.addNulls(Int(next() % 1000))
        let places = sizes.largestSizes.entries.prefix(LocatedSize.kept).map {
            LocatedSize(size: $0.size, block: UInt32(next() % 100_000), offset: UInt16(1 + next() % 60))
        }
        return ColumnMeasurement(method: .full, distribution: sizes, largest: places)
    }
}
