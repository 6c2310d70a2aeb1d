import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

struct ProfileMergeTests {
    /// A shard with 300 values, skewed and with other sizes in each.
    private static func shard(
        _ number: Int, database: String = "orders", cluster: String? = nil, tables: [TableProfile]? = nil,
        policy: Policy = Policy()
    ) -> ProfileMerge.Part {
        let sizes = (1...300).map { Int64((1000 + 37 * number) * 300 / $0) }
        let rows =
            tables ?? [
                ProfileFixture.table("a", sizes: sizes),
                ProfileFixture.table("only\(number)", sizes: [Int64(number)]),
            ]
        let profile = Profile(
            lobscopeVersion: "\(number)", database: Identifier(database),
            server: ServerFacts(
                version: 150_000 + number, isReplica: number == 2, encoding: "UTF8", blockSize: 8192,
                role: Identifier("role\(number)"), systemIdentifier: cluster ?? "\(number)",
                hasDataChecksums: number == 3),
            startedAt: Int64(100 - number), finishedAt: Int64(200 + number), options: PlanOptions(),
            policy: policy, tables: rows.sorted { $0.relation.name < $1.relation.name },
            largeObjects: LargeObjectSummary(
                count: number, sizes: SizeDistribution(counts: [100 * number: 1]),
                largestOID: UInt32(number), unreadable: 0),
            unmeasured: [
                Unmeasured(
                    relation: RelationName(schema: Identifier("s"), name: Identifier("u\(number % 2)")),
                    reason: .lockTimeout)
            ])
        return ProfileMerge.Part(profile, digest: "digest\(number)")
    }

    private func part(_ profile: Profile) -> ProfileMerge.Part { .init(profile, digest: "merged") }

    @Test func theSumIsTheSameInAnyOrderAndGrouping() throws {
        let merge = ProfileMerge()
        let (a, b, c) = (Self.shard(1), Self.shard(2), Self.shard(3))
        let all = try merge.merge(a, [b, c])
        #expect(try merge.merge(c, [a, b]) == all)
        #expect(try merge.merge(b, [c, a]) == all)
        #expect(try merge.merge(part(try merge.merge(a, [b])), [c]) == all)
        #expect(try merge.merge(a, [part(try merge.merge(c, [b]))]) == all)
        #expect(all.sources?.map(\.digest) == ["digest3", "digest2", "digest1"])
        #expect(all.lobscopeVersion == "3")
        #expect(all.startedAt == 97 && all.finishedAt == 203)
        #expect(all.database == Identifier("orders"))
        #expect(all.largeObjects?.count == 6 && all.largeObjects?.largestOID == 3)
        #expect(all.unmeasured.count == 2)
    }

    @Test func rowsAreAddedAsIfOneSurveyHadReadThem() throws {
        let parts = (1...3).map { Self.shard($0) }
        let all = try ProfileMerge().merge(parts[0], [parts[1], parts[2]])
        let tables = parts.map { $0.profile.tables[0] }
        var expected = SizeDistribution()
        for number in 1...3 {
            for rank in 1...300 { expected.add(ByteCount(Int64((1000 + 37 * number) * 300 / rank))) }
        }
        let sum = try #require(all.tables.first)
        #expect(sum.rows == .init(count: 900, isExact: true))
        #expect(sum.columns[0].measurement?.distribution == expected.condensed)
        #expect(sum.relation.blocks == tables.reduce(0) { $0 + $1.relation.blocks })
        #expect(all.tables.map(\.relation.name.name.losslessText) == ["a", "only1", "only2", "only3"])
        #expect(all.tables.map(\.relation.oid) == [1, 2, 3, 4])
        let first = try #require(Recommender(all).recommend().tables.first)
        #expect(first.columns[0].estimate.coverage == .exact)
        #expect(first.columns[0].estimate.largest == ByteCount(333_300))
    }

    @Test func samplesOfOneRateAreASampleOfTheWhole() throws {
        func table(percent: Double, seed: Int64) -> TableProfile {
            let table = ProfileFixture.table("a", sizes: [])
            var (sizes, blocks) = (SizeDistribution(), BlockSummary())
            for block in 1...30 {
                let row = [ByteCount(Int64(1000 + block * Int(seed)))]
                blocks.add(sizes: row, nulls: 0)
                sizes.add(row[0])
            }
            return TableProfile(
                relation: table.relation, rows: .init(count: 600, isExact: false),
                sample: .init(
                    design: SampleDesign(method: .system, percent: percent, seed: seed), blocksRead: 30,
                    blocksTotal: 600, rowsRead: 30),
                columns: [
                    ColumnProfile(
                        column: table.columns[0].column,
                        measurement: ColumnMeasurement(
                            method: .sample, distribution: sizes, largest: [], blocks: blocks))
                ], seconds: 0, reading: .oneMoment)
        }
        let (one, other) = (table(percent: 5, seed: 1), table(percent: 5, seed: 2))
        let sum = try ProfileMerge().merge(
            Self.shard(1, tables: [one]), [Self.shard(2, tables: [other])])
        #expect(sum.tables[0].sample?.blocksTotal == 1200)
        #expect(sum.tables[0].columns[0].measurement?.blocks?.blocks == 60)
        let third = table(percent: 6, seed: 3)
        #expect(throws: MergeError.self) {
            try ProfileMerge().merge(Self.shard(1, tables: [one]), [Self.shard(2, tables: [third])])
        }
    }

    @Test func strataOfShardsKeepTheirOwnRates() throws {
        var (one, other) = (StoredSizeStrata(), StoredSizeStrata())
        for row in 1...400 {
            one.add(stored: ByteCount(1000))
            if row <= 40 { one.addRandom(stored: ByteCount(1000), size: ByteCount(2000)) }
        }
        for row in 1...40_000 {
            other.add(stored: ByteCount(1000))
            if row <= 40 { other.addRandom(stored: ByteCount(1000), size: ByteCount(9000)) }
        }
        var (sum, reversed) = (one, other)
        sum.add(independent: other)
        reversed.add(independent: one)
        #expect(sum == reversed)
        let size = ByteCount(20_000)
        let expected = TwoPhaseEstimate(one).expectedAbove(size) + TwoPhaseEstimate(other).expectedAbove(size)
        #expect(abs(TwoPhaseEstimate(sum).expectedAbove(size) - expected) < 1e-9 * expected)
    }

    @Test func twoMeasurementsOfOneDatabaseAreRefused() throws {
        let merge = ProfileMerge()
        for (one, other) in [
            (Self.shard(1), Self.shard(1)),
            (Self.shard(1, cluster: "9"), Self.shard(2, cluster: "9")),
        ] {
            #expect(throws: MergeError.self) { try merge.merge(one, [other]) }
        }
        let unknown = ProfileMerge.Part(
            ProfileFixture.profile([ProfileFixture.table("a", sizes: [5])]), digest: "x")
        let second = ProfileMerge.Part(
            ProfileFixture.profile([ProfileFixture.table("a", sizes: [7])]), digest: "y")
        let error = #expect(throws: MergeError.self) { try merge.merge(unknown, [second]) }
        #expect(error?.problem == .perhapsAlternatives(table: "s.a"))
        let distinct = ProfileMerge(isUnknownDistinct: true)
        #expect(try distinct.merge(unknown, [second]).tables[0].rows.count == 2)
    }

    @Test func partsOfOneDatabaseWithOtherTablesAreAdded() throws {
        let one = Self.shard(1, cluster: "9", tables: [ProfileFixture.table("a", sizes: [1])])
        let other = Self.shard(2, cluster: "9", tables: [ProfileFixture.table("b", sizes: [2])])
        let sum = try ProfileMerge().merge(one, [other])
        #expect(sum.tables.map(\.rows.count) == [1, 1])
        #expect(sum.server.systemIdentifier == "9")
    }

    @Test func databasesWithOtherNamesAreNamedTogether() throws {
        let sum = try ProfileMerge().merge(Self.shard(1, database: "b"), [Self.shard(2, database: "a")])
        #expect(sum.database == Identifier("a+b"))
        let named = try ProfileMerge().merge(
            Self.shard(1, database: "b"), [Self.shard(2, database: "a")], name: Identifier("all"))
        #expect(named.database == Identifier("all"))
    }

    @Test func whatDoesNotCompareIsRefusedByName() throws {
        let text = ProfileFixture.table("a", sizes: [1])
        let others = [
            ProfileFixture.table("a", .bytea, sizes: [1]),
            ProfileFixture.table(
                "a", sizes: [1], root: RelationName(schema: Identifier("s"), name: Identifier("r"))),
        ]
        for other in others {
            let error = #expect(throws: MergeError.self) {
                try ProfileMerge().merge(Self.shard(1, tables: [text]), [Self.shard(2, tables: [other])])
            }
            #expect(error?.subject.utf8.starts(with: "s.a".utf8) == true, "\(String(describing: error))")
            #expect(error?.description.contains("\nhint: ") == true)
        }
        #expect(throws: MergeError.self) {
            try ProfileMerge().merge(Self.shard(1), [Self.shard(2, policy: Policy(risk: 0.2))])
        }
    }

    @Test func aPartThatIsMissingIsNotCountedAsRead() throws {
        let unread = ProfileFixture.table("a", sizes: [1], isMeasured: false)
        let sum = try ProfileMerge().merge(Self.shard(1), [Self.shard(2, tables: [unread])])
        #expect(sum.tables[0].columns[0].measurement == nil)
        let absent = Self.shard(2, tables: [])
        let refused = ProfileMerge.Part(
            ProfileFixture.profile([ProfileFixture.table("u0", sizes: [3])]), digest: "z")
        let rest = try ProfileMerge().merge(refused, [absent])
        #expect(rest.tables[0].columns[0].measurement == nil)
    }

    @Test func columnsOfOneNameAreOneWhateverTheirNumbers() throws {
        // A shard that lost a column before, and one to which the columns were added the other way round.
        let shards = [(2, 3), (4, 3), (3, 2)].enumerated().map { index, numbers in
            Self.shard(
                index + 1,
                tables: [Self.twoColumns(body: Int16(numbers.0), note: Int16(numbers.1), index + 1)])
        }
        let merge = ProfileMerge()
        let all = try merge.merge(shards[0], [shards[1], shards[2]])
        #expect(try merge.merge(shards[2], [shards[1], shards[0]]) == all)
        #expect(try merge.merge(part(try merge.merge(shards[2], [shards[1]])), [shards[0]]) == all)
        let table = all.tables[0]
        #expect(table.columns.map(\.column.name.losslessText) == ["body", "note"])
        #expect(table.columns.map(\.column.number) == [2, 3])
        #expect(table.relation.columns == table.columns.map(\.column))
        #expect(
            table.columns.map { $0.measurement?.distribution.largest } == [ByteCount(300), ByteCount(30_000)])
        // The key of each shard is on a column with another number, but it is the same key.
        #expect(table.relation.keys.map(\.columns) == [[1, 3]])
        #expect(table.relation.generatedColumns == [Identifier("g1"), Identifier("g2"), Identifier("g3")])
    }

    /// `body` and `note`, of which a key is on `note` and a column that is not measured.
    private static func twoColumns(body: Int16, note: Int16, _ shard: Int) -> TableProfile {
        let columns = [Fixtures.column(body, "body", .text), Fixtures.column(note, "note", .text)]
            .sorted { $0.number < $1.number }
        let largest = ["body": 100 * shard, "note": 10_000 * shard]
        let relation = Relation(
            oid: 7, name: RelationName(schema: Identifier("s"), name: Identifier("a")), kind: .table,
            root: nil,
            blocks: 1, toastBytes: 0, estimatedRows: nil, fileNode: 1, accessMethod: Identifier("heap"),
            isRowSecurityActive: false, isSelectable: true,
            replicaIdentity: .default,
            keys: [Fixtures.key("pkey", [shard == 2 ? 5 : 1, note])], columns: columns,
            generatedColumns: [Identifier("g\(shard)")])
        return TableProfile(
            relation: relation, rows: .init(count: 1, isExact: true), sample: nil,
            columns: columns.map { column in
                ColumnProfile(
                    column: column,
                    measurement: ColumnMeasurement(
                        method: .full,
                        distribution: SizeDistribution(
                            counts: [largest[column.name.losslessText] ?? 0: 1]), largest: []))
            }, seconds: 0, reading: .oneMoment)
    }
}
