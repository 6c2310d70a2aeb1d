import EphemeralPostgreSQL
import PostgreSQLClient

/// Rows 1, 2 and 14: eight short text columns in a table of ten million rows.
struct WideTable {
    let bench: Bench

    func measure(_ wanted: Set<Int>) async throws -> [Measured] {
        try await bench.create("wide", script)
        var results: [Measured] = []
        if wanted.contains(1) {
            let what = "default profile, 8 text columns, 10 M rows"
            results.append(try await againstMax(1, what, [], jobs: 1, atMost: 1.15))
            results.append(try await againstMax(1, what, [], jobs: 2, atMost: 0.65))
            results.append(
                try await byHand(1, "count, and how many rows are above a size", Self.tailCount("")))
            results.append(
                try await byHand(
                    1, "the same in ranges of 2,048 blocks, as short locks need",
                    Self.inRanges(Self.tailCount(Self.range))))
        }
        if wanted.contains(2) {
            let (what, options) = ("complete exact histogram of the same", ["--histogram", "exact"])
            results.append(try await againstMax(2, what, options, jobs: 1, atMost: 1.7))
            results.append(try await againstMax(2, what, options, jobs: 2, atMost: 0.95))
            results.append(try await byHand(2, "sizes packed and aggregated", Self.packed("")))
            results.append(
                try await byHand(
                    2, "the same in ranges of 2,048 blocks, as short locks need",
                    Self.inRanges(Self.packed(Self.range))))
        }
        if wanted.contains(14) { results.append(try await ownProcessor()) }
        try await bench.server.psql("DROP DATABASE wide")
        return results
    }

    private func againstMax(
        _ row: Int, _ what: String, _ options: [String], jobs: Int, atMost limit: Double
    ) async throws -> Measured {
        bench.note("row \(row): \(what), \(jobs) connections")
        var connection = try bench.connection("wide")
        let pairs = try await bench.interleave {
            try await bench.profile("wide", options + ["--jobs", "\(jobs)"]).milliseconds
        } _: {
            try bench.query(&connection, Self.maxima)
        }
        return Measured(row, "\(what), --jobs \(jobs)", against: "one max() over all 8", pairs, atMost: limit)
    }

    private func byHand(_ row: Int, _ what: String, _ statement: SQL) async throws -> Measured {
        try await bench.byHand(
            row, what, statement, against: "one max() over all 8", Self.maxima, in: "wide")
    }

    private func ownProcessor() async throws -> Measured {
        bench.note("row 14: processor time")
        var shares: [Double] = []
        for _ in 0..<bench.repeats {
            let run = try await bench.profile("wide", ["--histogram", "exact"])
            shares.append(100 * run.processorSeconds / max(run.serverSeconds, 0.01))
        }
        return Measured(
            14, "lobscope's processor time, whole process, complete histogram of row 2",
            against: "the backends'",
            value: shares.median, atMost: 10, .percent)
    }

    private static let names: [SQL] = (1...8).map { number -> SQL in "octet_length(c\(number))" }
    private static let maxima: SQL =
        "SELECT \(names.map { name -> SQL in "max(\(name))" }.joined(separator: ", ")) FROM wide"
    private static func tailCount(_ condition: SQL) -> SQL {
        """
        SELECT count(*) AS n, count(*) FILTER (WHERE \(names.map { name -> SQL in "\(name) > 100" }.joined(separator: " OR "))) AS t
          FROM wide\(condition)
        """
    }

    private static func packed(_ condition: SQL) -> SQL {
        """
        SELECT string_agg(int8send(p), NULL) AS n, length(string_agg(int8send(q), NULL)) AS t FROM (SELECT
          \(lanes(0..<4)) AS p, \(lanes(4..<8)) AS q FROM wide\(condition) OFFSET 0) x
        """
    }

    private static let range: SQL =
        " WHERE ctid >= ('(' || b || ',0)')::tid AND ctid < ('(' || b + 2048 || ',0)')::tid"

    private static func inRanges(_ statement: SQL) -> SQL {
        """
        SELECT count(s.n), sum(s.t) FROM generate_series(0, pg_relation_size('wide') / 8192 - 1, 2048) b
         CROSS JOIN LATERAL (\(statement)) s
        """
    }

    private static func lanes(_ range: Range<Int>) -> SQL {
        range.enumerated().map { place, column -> SQL in
            "\(names[column])::int8 * \(Int64(1) << Int64(16 * (3 - place)))"
        }.joined(separator: " + ")
    }

    private var script: String {
        """
        CREATE TABLE wide (id int PRIMARY KEY, c1 text NOT NULL, c2 text NOT NULL, c3 text NOT NULL,
            c4 text NOT NULL, c5 text NOT NULL, c6 text NOT NULL, c7 text NOT NULL, c8 text NOT NULL);
        INSERT INTO wide SELECT i, repeat('a', 8 + i % 23), repeat('b', 4 + i % 47), repeat('c', i % 61),
            repeat('d', 10 + i % 31), repeat('e', i % 17), repeat('f', 20 + i % 29), repeat('g', i % 53),
            repeat('h', 5 + i % 41) FROM generate_series(1, \(bench.scaled(10_000_000))) i;
        """
    }
}
