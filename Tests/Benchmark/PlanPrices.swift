import EphemeralPostgreSQL
import Foundation

/// Row 15: what `lobscope plan` says that a table takes, against the run.
struct PlanPrices {
    let bench: Bench

    /// A table and the ways in which it is measured.
    private struct Shape {
        let database: String
        let script: String
        /// In words, with the options.
        let ways: [(String, [String])]
    }

    func measure() async throws -> [Measured] {
        var results: [Measured] = []
        for shape in shapes {
            try await bench.create(shape.database, shape.script)
            for (words, options) in shape.ways {
                results.append(try await compare(shape.database, words, options))
            }
            try await bench.server.psql("DROP DATABASE \(shape.database)")
        }
        return results
    }

    private func compare(_ database: String, _ words: String, _ options: [String]) async throws -> Measured {
        bench.note("row 15: \(words)")
        let options = options + ["--jobs", "1"]
        let price = try price(database, options)
        let pairs = try await bench.interleave(repeats: min(bench.repeats, 3)) {
            price * 1000
        } _: {
            try await bench.profile(database, options).milliseconds
        }
        return Measured(
            15, "price of \(words), --jobs 1", against: "the run", pairs, atMost: 2,
            // What takes a moment is start-up and report.
            atLeast: pairs.theirs.median < 1000 ? nil : 0.5)
    }

    /// The seconds that `lobscope plan` promises.
    private func price(_ database: String, _ options: [String]) throws -> Double {
        let arguments = ["plan", bench.server.conninfo(database: database)] + options
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: bench.lobscope)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError.failed(status: process.terminationStatus, arguments: arguments)
        }
        guard let seconds = text.firstMatch(of: /and ([0-9.]+) s on 1/).flatMap({ Double($0.1) }) else {
            throw BenchmarkError.noEntry("seconds")
        }
        return seconds
    }

    private var shapes: [Shape] {
        let full = ["--method", "full"]
        return [
            Shape(
                database: "price_wide",
                script: """
                    CREATE TABLE wide (id int, \((1...8).map { "c\($0) text" }.joined(separator: ", ")));
                    INSERT INTO wide SELECT i, \((1...8).map { "repeat('a', i % \(12 + 7 * $0))" }.joined(separator: ", "))
                      FROM generate_series(1, \(bench.scaled(3_000_000))) i;
                    """,
                ways: [
                    ("8 text columns, 3M rows", []),
                    ("the same, --histogram sampled", ["--histogram", "sampled"]),
                    (
                        "the same, a block sample of 40 %",
                        ["--method", "sample", "--sample-by", "blocks", "--sample-percent", "40%"]
                    ),
                ]),
            Shape(
                database: "price_narrow",
                script: """
                    CREATE TABLE narrow (id int, c text);
                    INSERT INTO narrow SELECT i, repeat('x', i % 37) FROM generate_series(1, \(bench.scaled(10_000_000))) i;
                    """,
                ways: [
                    ("one text column, 10M rows", []),
                    (
                        "the same, TABLESAMPLE SYSTEM (40)",
                        ["--method", "sample", "--sample-by", "system", "--sample-percent", "40%"]
                    ),
                ]),
            Shape(
                database: "price_json", script: documents("json", 200_000),
                ways: [("json, 200,000 documents", full)]),
            Shape(
                database: "price_jsonb", script: documents("jsonb", 400_000),
                ways: [("jsonb, 400,000 documents", full), ("the same, in two phases", [])]),
        ]
    }

    /// Records of some kilobytes, which compress to half their size.
    private func documents(_ type: String, _ count: Int) -> String {
        """
        CREATE TABLE documents (id int PRIMARY KEY, j \(type));
        INSERT INTO documents SELECT i, (SELECT ('[' || string_agg(format(
                '{"id":%s,"mail":"user%s@example.com","amount":%s.%s,"state":"open"}', i * k, k * 7919 % 10007,
                i * k * 31 % 99991, k % 100), ',') || ']')::\(type) FROM generate_series(1, 5 + i % 97) k)
          FROM generate_series(1, \(bench.scaled(count))) i;
        """
    }
}
