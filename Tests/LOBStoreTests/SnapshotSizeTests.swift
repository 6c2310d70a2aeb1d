import Foundation
import LOBAdvice
import LOBStore
import SizeStatistics
import TestSupport
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

    /// Tables are encoded a few at a time; nothing of that is in the bytes, whatever else looks like a list of tables.
    @Test(arguments: [0, 1, 99, 100, 101, 250])
    func theBytesAreThoseOfOneEncoder(tables: Int) throws {
        let profile = Self.profile(columns: 4 * tables, named: #"{"tables":[],[\"#)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(try ProfileJSON.bytes(of: profile) == Array(try encoder.encode(profile)))
    }

    /// What columns take whose limits are made of many sizes; see `reports/snapshot.md`.
    @Test(arguments: [(MeasuringMethod.sample, 1600), (.twoPhase, 4500)])
    func columnsThatWereNotReadCompletelyTakeNoMoreThanIsTold(method: MeasuringMethod, limit: Int) throws {
        let columns = 20
        let bytes = try Snapshot.seal(Self.profile(columns: columns, method)).bytes.count / columns
        print("snapshot: \(bytes) bytes for each \(method.rawValue) column")
        #expect(bytes <= limit)
    }

    /// 250 tables of 4 columns, each read completely.
    private static func profile(
        columns: Int, _ method: MeasuringMethod = .full, named database: String = "orders"
    ) -> Profile {
        var sizes = SkewedSizes()
        let tables = (0..<columns / 4).map { table(Int32($0), &sizes, method) }
        return Profile(
            lobscopeVersion: "0.1.0", database: Identifier(database),
            server: ServerFacts(
                version: 150_018, isReplica: false, encoding: "UTF8", blockSize: 8192,
                role: Identifier("lob_reader"), systemIdentifier: nil, hasDataChecksums: false),
            startedAt: 1_763_841_600, finishedAt: 1_763_842_325, options: PlanOptions(), policy: Policy(),
            tables: tables, largeObjects: nil, unmeasured: [], scope: Scope())
    }

    private static func table(_ number: Int32, _ sizes: inout SkewedSizes, _ method: MeasuringMethod)
        -> TableProfile
    {
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
            replicaIdentity: .default, keys: [key], columns: columns, foreignKeys: []
        )
        let profiles = columns.map { ColumnProfile(column: $0, measurement: sizes.measurement(method)) }
        return TableProfile(
            relation: relation,
            rows: .init(count: profiles[0].measurement?.distribution.rows ?? 0, isExact: true), sample: nil,
            columns: profiles, seconds: Double(sizes.next() % 1_000_000) / 1e6, reading: .oneMoment)
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

    /// As the method keeps it.
    mutating func measurement(_ method: MeasuringMethod) -> ColumnMeasurement {
        switch method {
        case .full: measurement()
        case .sample: sample()
        case .twoPhase: twoPhase()
        case .bound: ColumnMeasurement(bound: SizeBound(inRows: size(), outside: nil))
        }
    }

    private mutating func size() -> ByteCount { ByteCount(Int64(800 * pow(uniform(), -0.6))) }

    /// 500 blocks of 10 rows.
    private mutating func sample() -> ColumnMeasurement {
        var (sizes, blocks) = (SizeDistribution(), BlockSummary())
        for _ in 0..<500 {
            let rows = (0..<10).map { _ in size() }
            rows.forEach { sizes.add($0) }
            blocks.add(sizes: rows, nulls: 0)
        }
        return ColumnMeasurement(method: .sample, distribution: sizes, largest: [], blocks: blocks)
    }

    /// 20,000 rows, of which 1,000 were read for being the largest and 300 of each stratum at random.
    private mutating func twoPhase() -> ColumnMeasurement {
        var (read, strata) = (SizeDistribution(), StoredSizeStrata())
        var drawn: [Int: Int] = [:]
        let rows = (0..<20_000).map { _ in (stored: size(), ratio: 1 + 4 * uniform()) }
            .sorted { $0.stored > $1.stored }
        for (rank, row) in rows.enumerated() {
            let size = ByteCount(Int64(Double(row.stored.bytes) * row.ratio))
            let stratum = StoredSizeStrata.stratum(of: row.stored)
            strata.add(stored: row.stored)
            if rank < 1000 {
                strata.addLargest(stored: row.stored, size: size)
            } else if drawn[stratum, default: 0] < 300, next() % 8 == 0 {
                drawn[stratum, default: 0] += 1
                strata.addRandom(stored: row.stored, size: size)
            } else {
                continue
            }
            read.add(size)
        }
        return ColumnMeasurement(method: .twoPhase, distribution: read, largest: [], strata: strata)
    }

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
