import Foundation
import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// What was read in pieces, by partitions or in shards says the same as one scan of all rows.
@Suite struct CombinationTests {
    /// 6,000 rows over many octaves; every seventh is NULL.
    private static let rows: [Int64?] = {
        var random = SeededGenerator(seed: 5)
        return (0..<6000).map { row in
            row % 7 == 3 ? nil : Int64(700 / Double.random(in: 0.000_01...1, using: &random).squareRoot())
        }
    }()

    /// Cuts into pieces of random lengths, in a random order.
    private static func pieces<Element>(_ all: [Element], _ random: inout SeededGenerator) -> [[Element]] {
        var (pieces, start) = ([[Element]](), 0)
        while start < all.count {
            let end = min(all.count, start + Int.random(in: 1...900, using: &random))
            pieces.append(Array(all[start..<end]))
            start = end
        }
        return pieces.shuffled(using: &random)
    }

    private static func distribution(_ rows: some Sequence<Int64?>) -> SizeDistribution {
        var all = SizeDistribution()
        for row in rows {
            if let row { all.add(ByteCount(row)) } else { all.addNulls(1) }
        }
        return all
    }

    private static func table(
        _ measurement: ColumnMeasurement, name: String = "t", family: TypeFamily = .text,
        rows: Int, sample: TableProfile.SampleOutcome? = nil, root: RelationName? = nil
    ) -> TableProfile {
        let column = Fixtures.column(2, "body", family)
        return TableProfile(
            relation: Fixtures.relation(
                "s", name, kind: root == nil ? .table : .leaf, root: root,
                keys: [Fixtures.key("pkey", [1])], columns: [column]),
            rows: .init(count: rows, isExact: sample == nil), sample: sample,
            columns: [ColumnProfile(column: column, measurement: measurement)], seconds: 0,
            reading: .oneMoment)
    }

    private static func full(_ rows: some Collection<Int64?>, _ name: String = "t", root: RelationName? = nil)
        -> TableProfile
    {
        table(
            ColumnMeasurement(method: .full, distribution: distribution(rows), largest: []), name: name,
            rows: rows.count, root: root)
    }

    /// A scan that was interrupted after each piece: what it had so far is written and read again.
    @Test(arguments: 0..<4) func aScanThatWasResumedIsOneScan(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var resumed = SizeDistribution()
        for piece in Self.pieces(Self.rows, &random) {
            resumed = try roundTrip(resumed)
            resumed.merge(Self.distribution(piece))
        }
        #expect(resumed == Self.distribution(Self.rows))
        let whole = Self.full(Self.rows)
        let measurement = ColumnMeasurement(method: .full, distribution: resumed, largest: [])
        for policy in [Policy(), Policy(growth: .share(0.1))] {
            try expectSame(Self.table(measurement, rows: Self.rows.count), whole, policy)
        }
    }

    /// The first of two phases in pieces, and the rows of the second in any order.
    @Test(arguments: 0..<4) func twoPhasesInPiecesAreOneMeasurement(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sizes = Self.rows.compactMap(\.self)
        let documents = sizes.enumerated().map { index, size in
            (stored: ByteCount(size), size: ByteCount(size * 3 + Int64(index % 5)))
        }
        func measured(_ pieces: [[Int]]) throws -> ColumnMeasurement {
            var (all, strata) = (SizeDistribution(), StoredSizeStrata())
            for piece in pieces {
                var part = StoredSizeStrata()
                for row in piece {
                    let document = documents[row]
                    part.add(stored: document.stored)
                    guard document.stored.bytes > 20_000 || row % 40 == 1 else { continue }
                    if document.stored.bytes > 20_000 {
                        part.addLargest(stored: document.stored, size: document.size)
                    } else {
                        part.addRandom(stored: document.stored, size: document.size)
                    }
                    all.add(document.size)
                }
                strata = try roundTrip(strata)
                strata.merge(part)
            }
            return ColumnMeasurement(method: .twoPhase, distribution: all, largest: [], strata: strata)
        }
        let whole = try measured([Array(documents.indices)])
        let parts = try measured(Self.pieces(Array(documents.indices), &random))
        #expect(parts == whole)
        try expectSame(
            Self.table(parts, family: .jsonb, rows: sizes.count),
            Self.table(whole, family: .jsonb, rows: sizes.count))
    }

    /// Blocks of a sample that were read in portions.
    @Test(arguments: 0..<4) func aSampleInPortionsIsOneSample(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let blocks = stride(from: 0, to: 2000, by: 20).map { Array(Self.rows[$0..<$0 + 20]) }
        func measured(_ portions: [[[Int64?]]]) throws -> TableProfile {
            var (all, summary) = (SizeDistribution(), BlockSummary())
            for portion in portions {
                var part = BlockSummary()
                for block in portion {
                    part.add(
                        sizes: block.compactMap { $0.map { ByteCount($0) } }, nulls: block.count { $0 == nil }
                    )
                    all.merge(Self.distribution(block))
                }
                summary = try roundTrip(summary)
                summary.merge(part)
            }
            return Self.table(
                ColumnMeasurement(method: .sample, distribution: all, largest: [], blocks: summary),
                rows: 6000,
                sample: .init(
                    design: SampleDesign(method: .blocks, percent: 100 / 3, seed: 1), blocksRead: 100,
                    blocksTotal: 300, rowsRead: 2000))
        }
        try expectSame(try measured(Self.pieces(blocks, &random)), try measured([blocks]))
    }

    /// Partitions that were all read in full need what the table needs, and are cut where it is cut.
    @Test(arguments: 0..<4) func partitionsReadInFullAreTheTable(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let root = RelationName(schema: Identifier("s"), name: Identifier("t"))
        let leaves = Self.pieces(Self.rows, &random).enumerated().map {
            Self.full($1, "p\($0)", root: root)
        }
        func answer(_ tables: [TableProfile]) throws -> (TableRecommendation, [LimitAnswer?]) {
            let recommender = Recommender(ProfileFixture.profile(tables))
            let table = try #require(recommender.recommend().tables.first)
            return (table, [1, 4, 16, 64, 256].map { recommender.answer(for: table, at: Kibibytes($0)) })
        }
        let (parts, whole) = (try answer(leaves), try answer([Self.full(Self.rows)]))
        #expect(parts.0.limit == whole.0.limit && parts.0.setting == whole.0.setting)
        #expect(parts.0.mode == whole.0.mode && parts.0.risk == whole.0.risk)
        #expect(parts.1 == whole.1)
    }

    /// Shards that were read in full, or sampled at one rate, are one database.
    @Test(arguments: [MeasuringMethod.full, .sample]) func mergedSnapshotsAreOneProfile(
        method: MeasuringMethod
    ) throws {
        var random = SeededGenerator(seed: 3)
        let shards = Self.pieces(Self.rows, &random)
        func part(_ rows: some Collection<Int64?>) -> TableProfile {
            let measurement = ColumnMeasurement(
                method: method, distribution: Self.distribution(rows), largest: [])
            guard method == .sample else { return Self.table(measurement, rows: rows.count) }
            return Self.table(
                measurement, rows: rows.count * 4,
                sample: .init(
                    design: SampleDesign(method: .bernoulli, percent: 25, seed: 1), blocksRead: 1,
                    blocksTotal: 4, rowsRead: rows.count))
        }
        let parts = shards.enumerated().map { index, rows in
            ProfileMerge.Part(
                ProfileFixture.profile([part(rows)], database: "shard\(index)"), digest: "\(index)")
        }
        let first = try #require(parts.first)
        let merged = try ProfileMerge().merge(first, Array(parts.dropFirst()))
        let table = try #require(merged.tables.first)
        // A complete count keeps fewer of the largest sizes, whatever it was merged from.
        #expect(
            table.columns[0].measurement?.distribution
                == part(Self.rows).columns[0].measurement?.distribution)
        try expectSame(table, part(Self.rows))
    }

    /// The same distribution is not enough: what is said of it must be the same to the letter.
    private func expectSame(_ one: TableProfile, _ other: TableProfile, _ policy: Policy = Policy()) throws {
        let estimates = [one, other].map { table in
            ColumnEstimator(ProfileFixture.profile([table], policy: policy))
                .estimate(table.columns[0], of: table)
        }
        #expect(estimates[0] == estimates[1])
        let sizes = [100, 1000, 30_000, 1_000_000].map { ByteCount($0) }
        #expect(estimates[0].cut(at: sizes) == estimates[1].cut(at: sizes))
        for size in sizes { #expect(estimates[0].risk(above: size) == estimates[1].risk(above: size)) }
    }
}
