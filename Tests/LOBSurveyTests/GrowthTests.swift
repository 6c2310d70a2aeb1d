import LOBAdvice
import LOBReports
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// Forecasts on tables that really grow.
@Suite(.database) struct GrowthTests {
    private func profile(
        growth: Growth, earlier: Profile? = nil, scope: Scope = Scope()
    ) async throws -> Profile {
        let options = SurveyOptions(
            scope: scope, policy: Policy(sizing: .octets, growth: growth), earlier: earlier)
        return try await Survey(try Conninfo(TestDatabase.current.conninfo()), options: options).run()
    }

    /// Real values in their order: the first part is known, the rest arrives, and the limit must hold for all.
    @Test func limitsForRowsToComeHoldWhenTheyHaveCome() async throws {
        let database = try TestDatabase.current
        let sets = [
            "debian_changelog_entries", "awscli_examples_rst", "log_lines", "pypi_summary", "py_docstrings",
        ]
        let parts = [0.5, 0.75, 0.95]
        var tables: [(name: String, old: ArraySlice<Int>, new: ArraySlice<Int>)] = []
        for (index, set) in sets.enumerated() {
            let sizes = try await RealSizes.read(set, limit: 2400)
            for (place, part) in parts.enumerated() {
                let cut = Int(Double(sizes.count) * part)
                tables.append(("t\(index)_\(place)", sizes[..<cut], sizes[cut...]))
            }
        }
        for table in tables {
            try await database.psql(
                "CREATE TABLE \(table.name) (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text);"
                    + RealSizes.insert(table.old, into: table.name))
        }
        try await database.psql("ANALYZE")
        // Each table as many as will come.
        var held = 0
        for table in tables {
            let scope = Scope(tables: [try NamePattern(table.name)])
            let profile = try await profile(growth: .rows(table.new.count), scope: scope)
            let found = try #require(Recommender(profile).recommend().tables.first)
            let estimate = try #require(found.columns.first).estimate
            #expect(estimate.growth?.expected.rows == table.new.count)
            let limit = try #require(estimate.limit)
            let present = ByteCount(Int64(table.old.max() ?? 0))
            #expect(limit >= present)
            #expect(estimate.coverage == .forecast)
            try await database.psql(RealSizes.insert(table.new, into: table.name))
            let largest = try #require(
                Int64(try await database.psql("SELECT max(octet_length(body)) FROM \(table.name)")))
            held += limit.bytes >= largest ? 1 : 0
        }
        // At 95 % 14.25 of 15 are expected; fewer than 12 have probability 0.005.
        #expect(held >= 12)
    }

    @Test func theMostRecentRowsAreThoseInTheLastBlocks() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text);
            INSERT INTO t (body) SELECT repeat('a', 100) FROM generate_series(1, 20000);
            INSERT INTO t (body) SELECT repeat('b', 1500) FROM generate_series(1, 900);
            ANALYZE t;
            """)
        let profile = try await profile(growth: .rows(50))
        let measurement = try #require(profile.table("t")?.measurement("body"))
        let windows = try #require(measurement.recentWindows)
        #expect(measurement.distribution.count == 20_900)
        #expect(windows.count == 3)
        // Rows are larger at the end, so fewer fit the blocks that are looked at; all of them are recent.
        let blocks = try #require(profile.table("t")).relation.blocks
        for (rows, window) in zip(GrowthEstimate.windows(of: 20_900, future: 50), windows) {
            let wanted = Int((Double(rows) / (20_900 / Double(blocks))).rounded(.up))
            let oracle = try await database.psql(
                "SELECT count(*), max(octet_length(body)) FROM t WHERE ctid >= '(\(blocks - wanted),0)'::tid")
            #expect(oracle == "\(window.values)|\(window.largestSizes.largest?.bytes ?? -1)")
        }
        let none = try await profileOfCurrent(method: .full)
        #expect(none.table("t")?.measurement("body")?.recentWindows == nil)
    }

    /// Of documents only some are read; those at the end are larger, and the forecast must learn it from them.
    @Test func recentDocumentsRaiseTheLimitAfterTwoPhasesToo() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE d (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, j jsonb);
            INSERT INTO d (j) SELECT to_jsonb((SELECT string_agg(md5(i::text || g), '') FROM
                generate_series(1, 1 + i % 40) g)) FROM generate_series(1, 6000) i;
            INSERT INTO d (j) SELECT to_jsonb((SELECT string_agg(md5(i::text || g), '') FROM
                generate_series(1, 30 + i % 30) g)) FROM generate_series(1, 600) i;
            ANALYZE d;
            """)
        let options = SurveyOptions(
            plan: PlanOptions(exactSeconds: 0), policy: Policy(sizing: .octets, growth: .rows(100)))
        let profile = try await Survey(try Conninfo(database.conninfo()), options: options).run()
        let table = try #require(profile.table("d"))
        var measurement = try #require(table.measurement("j"))
        #expect(measurement.method == .twoPhase)
        let windows = try #require(measurement.recentWindows)
        #expect(windows.count == 3)
        for window in windows {
            // Every row of these blocks stands for itself, read or expected.
            let truth = try await database.psql(
                "SELECT count(*), max(octet_length(j::text)) FROM d WHERE ctid >= (SELECT ctid FROM d ORDER BY ctid DESC OFFSET "
                    + "\(window.values - 1) LIMIT 1)"
            ).split(separator: "|").compactMap { Double($0) }
            let largest = Double(try #require(window.largestSizes.largest).bytes)
            #expect(Int(truth[0]) == window.values, "whole blocks at the end")
            #expect((0.8...1.5).contains(largest / truth[1]), "\(largest) of \(truth[1])")
        }
        let column = try #require(table.columns.first { $0.column.name == Identifier("j") })
        let both = ColumnEstimator(profile).estimate(column, of: table)
        measurement.recentWindows = nil
        let all = ColumnEstimator(profile).estimate(
            ColumnProfile(column: column.column, measurement: measurement), of: table)
        #expect(try #require(both.limit) >= #require(all.limit))
        #expect(both.statement.contains("most recent"))
    }

    @Test func theRateIsThatOfTheInsertsThatTheServerCounted() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text); SELECT pg_stat_reset();"
        )
        try await database.psql(
            "INSERT INTO t (body) SELECT repeat('a', i) FROM generate_series(1, 3000) i; SELECT pg_sleep(3); ANALYZE t"
        )
        let profile = try await profile(growth: .days(2))
        let rate = try #require(profile.table("t")?.insertRate)
        #expect(rate.source == .statistics)
        let elapsed = Double(profile.startedAt - rate.since)
        #expect(
            (1500...6000).contains(rate.rowsPerSecond * elapsed), "\(rate.rowsPerSecond) for \(elapsed) s")
        let column = try #require(Recommender(profile).recommend().tables.first?.columns.first)
        let rows = rate.rowsPerSecond * 2 * 86_400
        #expect(
            column.estimate.growth.map { $0.expected.rows >= Int(rows) }
                ?? (column.estimate.coverage == .refused))
    }

    @Test func theRateSinceAnEarlierProfileIsThatOfItsRows() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text);
            CREATE TABLE still (id int PRIMARY KEY, body text);
            INSERT INTO t (body) SELECT repeat('a', i) FROM generate_series(1, 2000) i;
            INSERT INTO still SELECT i, repeat('a', i) FROM generate_series(1, 2000) i;
            """)
        let first = try await profile(growth: .rows(1))
        try await database.psql(
            """
            SELECT pg_sleep(3);
            INSERT INTO t (body) SELECT repeat('a', i) FROM generate_series(1, 500) i;
            CREATE TABLE fresh (id int PRIMARY KEY, body text);
            INSERT INTO fresh SELECT i, repeat('a', i) FROM generate_series(1, 100) i;
            """)
        let second = try await profile(growth: .days(0.01), earlier: first)
        let elapsed = Double(second.finishedAt - first.finishedAt)
        for (name, rows) in [("t", 500.0), ("still", 0), ("fresh", 100)] {
            let rate = try #require(second.table(name)?.insertRate)
            #expect(rate.source == .snapshot)
            #expect(rate.since == first.finishedAt)
            #expect(abs(rate.rowsPerSecond * elapsed - rows) <= rows / 2, "\(name)")
        }
        let still = try #require(
            Recommender(second).recommend().tables.first { $0.name.name == Identifier("still") })
        #expect(still.columns.first?.estimate.risk(above: ByteCount(2000)) == 0)
    }
}
