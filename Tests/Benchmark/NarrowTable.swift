import EphemeralPostgreSQL
import Foundation
import PostgreSQLClient

/// Rows 3, 4 and 9: ten million rows with one text column.
struct NarrowTable {
    let bench: Bench

    func measure(_ wanted: Set<Int>) async throws -> [Measured] {
        try await bench.create(
            "narrow",
            """
            CREATE TABLE narrow (id int, c text);
            INSERT INTO narrow SELECT i, repeat('x', i % 37) FROM generate_series(1, \(bench.scaled(10_000_000))) i;
            """)
        var results: [Measured] = []
        if wanted.contains(3) {
            results.append(try await complete(jobs: 2))
            results.append(try await complete(jobs: 1))
        }
        if wanted.contains(9) || wanted.contains(3) {
            results.append(try await ownProcessor(bench, "narrow", "10M rows of one column"))
        }
        guard wanted.contains(4) else { return results }
        try await bench.log(statementsIn: "narrow")
        results.append(try await warmSample())
        results.append(try await coldSample())
        return results
    }

    private func complete(jobs: Int) async throws -> Measured {
        bench.note("row 3: \(jobs) connections")
        var connection = try bench.connection("narrow")
        let pairs = try await bench.interleave {
            try await bench.profile("narrow", ["--histogram", "exact", "--jobs", "\(jobs)"]).milliseconds
        } _: {
            try bench.query(&connection, "SELECT max(octet_length(c)) FROM narrow")
        }
        return Measured(
            3, "complete histogram of one column, 10M rows, --jobs \(jobs)", against: "max()", pairs,
            atMost: 1.8)
    }

    private func warmSample() async throws -> Measured {
        bench.note("row 4: warm")
        var connection = try bench.connection("narrow")
        let pairs = try await bench.interleave {
            try await sample(jobs: 1).busy
        } _: {
            let log = StatementLog(bench.server)
            try connection.execute("SELECT count(*) FROM narrow")
            return try log.entries(of: "baseline").busy
        }
        return Measured(
            4, "1 % block sample of 10M rows, warm, --jobs 1", against: "count(*)", pairs, atMost: 0.03)
    }

    private func coldSample() async throws -> Measured {
        bench.note("row 4: cold")
        let pairs = try await bench.interleave(repeats: min(bench.repeats, 3)) {
            try await evict()
            return try await sample(jobs: 8).elapsed
        } _: {
            try await evict()
            let log = StatementLog(bench.server)
            var connection = try bench.connection("narrow")
            try connection.execute("SELECT count(*), max(octet_length(c)) FROM narrow TABLESAMPLE SYSTEM (1)")
            return try log.entries(of: "baseline").elapsed
        }
        return Measured(
            4, "the same, cold, --jobs 8", against: "TABLESAMPLE SYSTEM (1)", pairs, atMost: 0.5)
    }

    private func sample(jobs: Int) async throws -> [StatementLog.Entry] {
        let log = StatementLog(bench.server)
        _ = try await bench.profile(
            "narrow",
            [
                "--method", "sample", "--sample-by", "blocks", "--sample-percent", "1", "--jobs", "\(jobs)",
            ])
        return try log.entries(of: "lobscope", from: "\"narrow\"")
    }

    /// Empties the server's cache by a restart, and the system's of the table's files only.
    private func evict() async throws {
        try await bench.server.restart()
        let file = try await bench.server.psql(
            "SELECT pg_relation_filepath('narrow')", database: "narrow")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c",
            #"sync; for f in "$1"/"$2"*; do dd of="$f" oflag=nocache conv=notrunc,fdatasync count=0 status=none; done"#,
            "sh", bench.server.dataDirectory, file,
        ]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError.failed(status: process.terminationStatus, arguments: ["dd"])
        }
    }
}
