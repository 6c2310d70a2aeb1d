import EphemeralPostgreSQL
import PostgreSQLClient

/// Rows 5 and 6: jsonb of which few values are compressed, or most.
struct JSONBTables {
    let bench: Bench

    func measure(_ wanted: Set<Int>) async throws -> [Measured] {
        var results: [Measured] = []
        if wanted.contains(5) {
            results += try await compare(5, "few", "jsonb, few rows compressed", few, atMost: 0.3)
        }
        if wanted.contains(6) {
            results += try await compare(6, "most", "jsonb, most rows compressed", most, atMost: 1.1)
        }
        return results
    }

    private func compare(
        _ row: Int, _ name: String, _ what: String, _ documents: String, atMost limit: Double
    ) async throws -> [Measured] {
        try await bench.create(
            "jsonb_\(name)",
            """
            CREATE TABLE seed (id int, body jsonb); CREATE TABLE documents (id int, body jsonb);
            INSERT INTO seed SELECT i, \(documents) FROM generate_series(1, \(bench.scaled(250_000))) i;
            INSERT INTO documents SELECT id, body || jsonb_build_object('z', k) FROM seed, generate_series(1, 7) k;
            DROP TABLE seed;
            """)
        bench.note("row \(row)")
        var connection = try bench.connection("jsonb_\(name)")
        var largest: [Double] = []
        let pairs = try await bench.interleave(repeats: min(bench.repeats, 3)) {
            let run = try await bench.profile("jsonb_\(name)", ["--jobs", "1"])
            largest.append(run.largestSize)
            return run.milliseconds
        } _: {
            try bench.query(&connection, "SELECT max(octet_length(body::text)) FROM documents")
        }
        let truth = try await bench.server.psql(
            "SELECT max(octet_length(body::text)) FROM documents", database: "jsonb_\(name)")
        let hand = try await bench.byHand(
            row, "stored sizes, and the text of what is compressed",
            """
            SELECT max(pg_column_size(body)), max(CASE WHEN pg_column_compression(body) IS NOT NULL THEN octet_length(body::text) END)
              FROM documents
            """, against: "max(octet_length(j::text))", "SELECT max(octet_length(body::text)) FROM documents",
            in: "jsonb_\(name)")
        try await bench.server.psql("DROP DATABASE jsonb_\(name) WITH (FORCE)")
        let isExact = largest.allSatisfy { $0 == Double(truth) }
        let found = isExact ? "the largest value was found in every run" : "not always the largest was found"
        return [
            Measured(
                row, "\(what), --jobs 1; \(found)", against: "max(octet_length(j::text))", pairs,
                atMost: limit), hand,
        ]
    }

    private var few: String {
        """
        CASE WHEN i % 500 = 7 THEN jsonb_build_object('x', repeat('abc ' || i, 300 + i % 2000))
          ELSE jsonb_build_object('n', i, 'k', (SELECT string_agg(encode(sha256((i || '-' || g)::bytea), 'base64'), '')
            FROM generate_series(1, 2 + i % 60) g)) END
        """
    }

    private var most: String {
        """
        jsonb_build_object('k', repeat(md5(i::text), 20 + i % 200), 'o', jsonb_build_array(i, i + 1, i + 2),
          's', (SELECT string_agg('word' || (i * g % 97), ' ') FROM generate_series(1, 50) g))
        """
    }
}
