import PostgreSQLClient

/// Rows 1, 2 and 9: eight short text columns in a table of a million rows.
struct WideTable {
    let bench: Bench

    func measure(_ wanted: Set<Int>) async throws -> [Measured] {
        try await bench.create("wide", script)
        var results: [Measured] = []
        if wanted.contains(1) {
            results.append(try await againstMax(1, "sampled", jobs: 1, atMost: 1.25))
            results.append(try await againstMax(1, "sampled", jobs: 2, atMost: 1.0))
        }
        guard wanted.contains(2) || wanted.contains(9) else { return results }
        results.append(try await againstMax(2, "exact", jobs: 1, atMost: 2.2))
        results.append(try await againstMax(2, "exact", jobs: 2, atMost: 1.8))
        results.append(try await againstEight())
        results.append(try await ownProcessor(bench, "wide", "8 columns"))
        return results
    }

    private func againstMax(
        _ row: Int, _ histogram: String, jobs: Int, atMost limit: Double
    ) async throws -> Measured {
        bench.note("row \(row): --histogram \(histogram), \(jobs) connections")
        var connection = try bench.connection("wide")
        let pairs = try await bench.interleave {
            try await bench.profile("wide", ["--histogram", histogram, "--jobs", "\(jobs)"]).milliseconds
        } _: {
            try bench.query(&connection, Self.maxima)
        }
        let what =
            histogram == "exact"
            ? "complete exact histogram of 8 text columns" : "exact max, top 10 and tail of 8 text columns"
        return Measured(
            row, "\(what), --jobs \(jobs)", against: "one max() query", pairs, atMost: limit)
    }

    private func againstEight() async throws -> Measured {
        bench.note("row 2: against eight queries")
        var connection = try bench.connection("wide")
        let pairs = try await bench.interleave(repeats: min(bench.repeats, 3)) {
            try await bench.profile("wide", ["--histogram", "exact", "--jobs", "1"]).milliseconds
        } _: {
            var sum = 0.0
            for column in 1...8 {
                sum += try bench.query(
                    &connection, "SELECT max(octet_length(c\(column))) FROM wide")
            }
            return sum
        }
        return Measured(
            2, "the same, --jobs 1", against: "eight max() queries", pairs, atMost: 0.55)
    }

    private static let maxima: SQL = """
        SELECT max(octet_length(c1)), max(octet_length(c2)), max(octet_length(c3)), max(octet_length(c4)),
               max(octet_length(c5)), max(octet_length(c6)), max(octet_length(c7)), max(octet_length(c8)) FROM wide
        """

    private var script: String {
        """
        CREATE TABLE wide (id int PRIMARY KEY, c1 text NOT NULL, c2 text NOT NULL, c3 text NOT NULL,
            c4 text NOT NULL, c5 text NOT NULL, c6 text NOT NULL, c7 text NOT NULL, c8 text NOT NULL);
        INSERT INTO wide SELECT i, repeat('a', 8 + i % 23), repeat('b', 4 + i % 47), repeat('c', i % 61),
            repeat('d', 10 + i % 31), repeat('e', i % 17), repeat('f', 20 + i % 29), repeat('g', i % 53),
            repeat('h', 5 + i % 41) FROM generate_series(1, \(bench.scaled(1_000_000))) i;
        """
    }
}

/// Row 9: the processor time of lobscope, start-up and report included, against that of the server's sessions.
func ownProcessor(_ bench: Bench, _ database: String, _ what: String) async throws -> Measured {
    var shares: [Double] = []
    for _ in 0..<bench.repeats {
        let run = try await bench.profile(database, ["--histogram", "exact"])
        shares.append(100 * run.processorSeconds / max(run.serverSeconds, 0.01))
    }
    return Measured(
        9, "lobscope's processor time, \(what), whole process", against: "the backends'",
        value: shares.median, atMost: 15, .percent)
}
