import EphemeralPostgreSQL
import PostgreSQLClient

/// Rows 12 and 13: a table of eight hundred columns, and what reads the snapshots of 450 sampled ones.
struct ManyColumns {
    let bench: Bench

    func measure(_ wanted: Set<Int>) async throws -> [Measured] {
        (wanted.contains(12) ? try await oneTable() : [])
            + (wanted.contains(13) ? try await snapshots() : [])
    }

    private func oneTable() async throws -> [Measured] {
        let columns = (1...800).map { "c\($0)" }
        try await bench.create(
            "columns_800",
            """
            CREATE TABLE t (id int PRIMARY KEY, \(columns.map { "\($0) text" }.joined(separator: ", ")));
            INSERT INTO t SELECT i, \(columns.map { _ in "'x'" }.joined(separator: ", ")) FROM generate_series(1, 500) i;
            """)
        bench.note("row 12")
        var connection = try bench.connection("columns_800")
        let maxima = (1...800).map { number -> SQL in "max(octet_length(c\(number)))" }.joined(
            separator: ", ")
        let pairs = try await bench.interleave {
            try await bench.profile("columns_800", []).milliseconds
        } _: {
            try bench.query(&connection, "SELECT \(maxima) FROM t")
        }
        try await bench.create("one_row", "CREATE TABLE t (c text); INSERT INTO t VALUES ('x')")
        let fixed = try await bench.interleave {
            try await bench.profile("one_row", []).milliseconds
        } _: {
            try bench.query(&connection, "SELECT \(maxima) FROM t")
        }
        for database in ["columns_800", "one_row"] {
            try await bench.server.psql("DROP DATABASE \(database) WITH (FORCE)")
        }
        return [
            Measured(
                12, "800 text columns, 500 rows", against: "one max() over all 800", pairs, atMost: 3),
            Measured(
                12, "a database with one row: what a process, the catalog and the report take",
                against: "one max() over all 800", fixed, atMost: .infinity),
        ]
    }

    /// A quarter of what they took on 28 November 2026, when recommendations were computed and thrown away.
    private static let limits = [("verify", 0.25), ("show", 0.83), ("compare", 1.6)]

    private func snapshots() async throws -> [Measured] {
        let columns = (1...10).map { "c\($0)" }
        try await bench.create(
            "sampled",
            (1...45).map { table in
                """
                CREATE TABLE t\(table) (id int PRIMARY KEY, \(columns.map { "\($0) text" }.joined(separator: ", ")));
                INSERT INTO t\(table) SELECT i, \(columns.map { _ in "repeat('x', i % \(40 + table))" }.joined(separator: ", "))
                  FROM generate_series(1, 20000) i;
                """
            }.joined())
        bench.note("row 13")
        let sample = ["--method", "sample", "--sample-percent", "10%"]
        let first = try await bench.profile("sampled", sample + ["--seed", "1"], keeping: true)
        let second = try await bench.profile("sampled", sample + ["--seed", "2"], keeping: true)
        defer {
            first.remove()
            second.remove()
        }
        var results: [Measured] = []
        for (command, limit) in Self.limits {
            var seconds: [Double] = []
            for _ in 0..<bench.repeats {
                seconds.append(
                    command == "compare"
                        ? try first.run(["compare", try first.snapshot(), try second.snapshot()])
                        : try first.run(["snapshots", command, try first.snapshot()]))
            }
            results.append(
                Measured(
                    13, "`\(command)` of 450 sampled columns", value: seconds.median, atMost: limit, .seconds)
            )
        }
        return results
    }
}
