import EphemeralPostgreSQL
import Foundation
import TestSupport
import Testing

/// `lobscope compare` tells what got worse from what is merely different.
@Suite(.database) struct CompareTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private func profile(_ folder: String, _ options: String...) async throws {
        let outcome = try await scratch.lobscope(
            ["profile", try TestDatabase.current.conninfo(), "--out", folder] + options)
        try #require(outcome.status == 0, "\(outcome.errorOutput)")
    }

    private func compare(_ options: String...) async throws -> BuiltProduct.Outcome {
        try await scratch.lobscope(["compare", "old", "new"] + options)
    }

    @Test func identicalProfilesAreNotWorse() async throws {
        try await TestDatabase.current.psql(SampleData.shop)
        try await profile("old")
        try await profile("new")
        let outcome = try await compare("--exit-code")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("0 got worse"))
    }

    @Test func largerValueIsWorseAndTheStatusSaysSoWhereAsked() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        try await profile("old")
        try await database.psql("UPDATE customer SET notes = repeat('large', 60000) WHERE id = 1")
        // Snapshots tell times in seconds.
        try await Task.sleep(for: .seconds(1.1))
        try await profile("new")
        let asked = try await compare("--exit-code")
        #expect(asked.status == 2)
        #expect(asked.output.contains("public.customer"))
        #expect(asked.output.contains("the largest value grew from 500 bytes to 300000 bytes"))
        #expect(!asked.output.contains("public.order"))
        #expect(asked.stderr.isEmpty)
        #expect(try await compare().status == 0)

        let json = try await compare("--exit-code", "--format", "json")
        #expect(json.status == 2)
        let comparison = try JSONDecoder().decode(ComparisonJSON.self, from: Data(json.stdout))
        #expect(comparison.worse)
        #expect(comparison.tables.map(\.table) == ["customer"])

        for kind in ["limit", "rule", "size"] {
            #expect(try await compare("--fail-on", kind).status == 2, "\(kind)")
        }
        // The wrong order would call it better.
        let swapped = try await scratch.lobscope("compare", "new", "old")
        #expect(swapped.status == 1 && swapped.errorOutput.contains("hint: give the earlier snapshot first"))
    }

    @Test func whatGrowsAndStillFitsFailsOnlyWhereSizesAreAskedFor() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        try await profile("old")
        try await database.psql("UPDATE customer SET notes = repeat('l', 900) WHERE id = 1")
        try await profile("new")
        var statuses: [Int32] = []
        for kind in ["limit", "rule", "size"] { statuses.append(try await compare("--fail-on", kind).status) }
        #expect(statuses == [0, 0, 2])
        #expect(try await compare().output.contains("grew, still fits"))
        #expect(try await compare("--fail-on", "size", "--after-load").status == 64)
    }

    @Test func anotherDatabaseIsRefused() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        try await profile("old")
        let other = database.name + "_other"
        try await database.cluster.createDatabase(other)
        try await database.cluster.psql(SampleData.shop, database: other)
        let outcome = try await scratch.lobscope(
            "profile", database.cluster.conninfo(database: other), "--out", "new")
        try #require(outcome.status == 0, "\(outcome.errorOutput)")
        let refused = try await compare()
        #expect(
            refused.status == 1 && refused.errorOutput.contains("add --after-load"), "\(refused.errorOutput)")
        #expect(try await compare("--after-load", "--exit-code").status == 0)
    }

    private struct ComparisonJSON: Decodable {
        let worse: Bool
        let tables: [Table]

        struct Table: Decodable {
            let schema: String
            let table: String
        }
    }

    @Test func moreRowsOrAnotherSeedAloneAreNotWorse() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        try await profile("old", "--seed", "1")
        try await database.psql(
            "INSERT INTO customer SELECT id + 1000, name, notes FROM customer; ANALYZE customer")
        try await profile("new", "--seed", "2")
        let outcome = try await compare("--exit-code")
        #expect(outcome.status == 0, "\(outcome.output)")
    }

    @Test func anotherSampleOfTheSameRowsIsNotWorse() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE sampled (id int PRIMARY KEY, note text);
            INSERT INTO sampled SELECT i, repeat('s', (i * 7919) % 997) FROM generate_series(1, 40000) i;
            ANALYZE;
            """)
        for (folder, seed) in [("old", "1"), ("new", "2")] {
            try await profile(folder, "--method", "sample", "--sample-percent", "20%", "--seed", seed)
        }
        let outcome = try await compare("--exit-code")
        #expect(outcome.status == 0, "\(outcome.output)")
    }

    @Test func whatCannotBeComparedIsAnError() async throws {
        try await TestDatabase.current.psql(SampleData.shop)
        try await profile("old")
        for missing in ["new", "nowhere"] {
            let outcome = try await scratch.lobscope("compare", "old", missing, "--exit-code")
            #expect(outcome.status == 1)
            #expect(outcome.errorOutput == "lobscope: \"\(missing)\" does not exist\nhint: check the path\n")
            #expect(outcome.stdout.isEmpty)
        }
    }
}
