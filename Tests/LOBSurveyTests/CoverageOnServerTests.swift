import LOBAdvice
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The same data as in the calibration, in tables in its order: samples of a server must cover as often as samples
/// that are drawn without one.
@Suite(.database) struct CoverageOnServerTests {
    private static let sets = ["awscli_examples_rst", "debian_changelog_entries"]
    /// `script/soak` draws more.
    private static let seeds = Int(ProcessInfo.processInfo.environment["SOAK_SEEDS"] ?? "") ?? 20

    /// A table with its sizes by block, as they lie on the server.
    private struct Table {
        let name: String
        let blocks: [[ByteCount]]

        var largest: ByteCount { blocks.joined().max() ?? ByteCount(0) }
        var rows: Int { blocks.reduce(0) { $0 + $1.count } }
    }

    /// Loads a set and reads back where each row lies.
    private static func load(_ set: String, compression: String) async throws -> Table {
        let database = try TestDatabase.current
        let name = "\(set)_\(compression)"
        try await database.psql(
            """
            CREATE TABLE \(name) (body text COMPRESSION \(compression));
            """ + RealSizes.insert(try await RealSizes.read(set, limit: 4000), into: name)
                + "ANALYZE \(name);")
        let answer = try await database.psql(
            "SELECT (ctid::text::point)[0]::int, octet_length(body) FROM \(name) ORDER BY ctid")
        var blocks: [[ByteCount]] = []
        for line in answer.split(separator: "\n") {
            let parts = line.split(separator: "|").compactMap { Int($0) }
            while blocks.count <= parts[0] { blocks.append([]) }
            blocks[parts[0]].append(ByteCount(Int64(parts[1])))
        }
        return Table(name: name, blocks: blocks)
    }

    /// Whether a sample's limit covers the largest value; nil where it was refused.
    private static func covers(_ tail: AnchoredTail, _ largest: ByteCount) -> Bool? {
        tail.isTooSmall ? nil : tail.limit(alpha: 0.05) >= largest
    }

    /// Blocks drawn without a server.
    private static func offline(_ table: Table, share: Double, seed: UInt64) -> Bool? {
        var random = SeededGenerator(seed: seed)
        var (summary, all) = (BlockSummary(), SizeDistribution())
        for block in table.blocks where Double.random(in: 0..<1, using: &random) < share {
            for size in block { all.add(size) }
            summary.add(sizes: block, nulls: 0)
        }
        guard summary.blocks > 0 else { return nil }
        return covers(
            AnchoredTail(SampledUnits(blocks: summary, rows: all, population: table.blocks.count)),
            table.largest)
    }

    private static func onServer(_ table: Table, percent: Double, seed: Int64) async throws -> Bool? {
        let profile = try await profileOfCurrent(
            method: .sample, sample: SampleDesign(method: .system, percent: percent, seed: seed),
            scope: Scope(tables: [try NamePattern(table.name)]))
        let measured = try #require(profile.table(table.name))
        let estimate = ColumnEstimator(profile).estimate(try #require(measured.columns.first), of: measured)
        guard estimate.coverage == .sampled else { return nil }
        return try #require(estimate.limit) >= table.largest
    }

    @Test(arguments: ["pglz", "lz4"]) func samplesOfAServerCoverAsOftenAsThoseDrawnWithoutOne(
        compression: String
    ) async throws {
        var (given, covered) = (0, 0)
        for set in Self.sets {
            let table = try await Self.load(set, compression: compression)
            for percent in [1.0, 5, 20] {
                var server: [Bool?] = []
                for seed in 0..<Self.seeds {
                    server.append(try await Self.onServer(table, percent: percent, seed: Int64(seed)))
                }
                let drawn = (0..<200).map { Self.offline(table, share: percent / 100, seed: UInt64($0)) }
                Self.expectAlike(server, drawn, "\(set) \(compression) \(percent) %")
                given += server.count { $0 != nil }
                covered += server.count { $0 == true }
            }
        }
        // Binomial noise below 95 %: 3 standard deviations.
        let allowed = 0.95 * Double(given) - 3 * (0.95 * 0.05 * Double(given)).squareRoot()
        #expect(Double(covered) >= allowed, "\(covered) of \(given)")
    }

    /// Refused as often, and right as often where a limit is given, within 3.3 standard deviations.
    private static func expectAlike(_ server: [Bool?], _ drawn: [Bool?], _ what: String) {
        for (name, hits) in [
            ("refused", { (found: Bool?) in found == nil }), ("right", { (found: Bool?) in found == true }),
        ] {
            let (first, second) = (Double(server.count(where: hits)), Double(drawn.count(where: hits)))
            let (n, m) = (Double(server.count), Double(drawn.count))
            let pooled = (first + second + 1) / (n + m + 2)
            let noise = (pooled * (1 - pooled) * (1 / n + 1 / m)).squareRoot()
            #expect(
                abs(first / n - second / m) <= 3.3 * noise + 0.5 / n,
                "\(what): \(name) \(first)/\(n), \(second)/\(m)")
        }
    }

    @Test func autoReadsTheLargestValueOfTheSameData() async throws {
        for set in Self.sets {
            for compression in ["pglz", "lz4"] {
                let table = try await Self.load(set, compression: compression)
                let database = try TestDatabase.current
                try await database.psql(
                    "ALTER TABLE \(table.name) ALTER body TYPE json USING to_json(body); ANALYZE \(table.name)"
                )
                let largest = try await database.psql(
                    "SELECT max(octet_length(body::text)) FROM \(table.name)")
                for exactSeconds in [5.0, 0] {
                    let profile = try await profileOfCurrent(
                        plan: PlanOptions(exactSeconds: exactSeconds),
                        scope: Scope(tables: [try NamePattern(table.name)]))
                    let measured = try #require(profile.table(table.name))
                    let column = try #require(measured.columns.first)
                    #expect(column.measurement?.method == (exactSeconds > 0 ? .full : .twoPhase))
                    let estimate = ColumnEstimator(profile).estimate(column, of: measured)
                    #expect(estimate.largest?.bytes == Int64(largest))
                    #expect(try #require(estimate.limit) >= #require(estimate.largest))
                }
            }
        }
    }
}
