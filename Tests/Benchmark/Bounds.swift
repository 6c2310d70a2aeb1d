import EphemeralPostgreSQL
import PostgreSQLClient

/// Rows 3 and 4: how large values can be at most, by TOAST.
struct Bounds {
    let bench: Bench

    private static let options = ["--method", "bound", "--histogram", "none"]

    func measure(_ wanted: Set<Int>) async throws -> [Measured] {
        (wanted.contains(3) ? try await oneTable() : []) + (wanted.contains(4) ? try await manyTables() : [])
    }

    /// A heap of 2 GB with few values outside of it.
    private func oneTable() async throws -> [Measured] {
        let rows = bench.scaled(2_000_000)
        try await bench.create(
            "bound_one",
            """
            CREATE TABLE t (id int PRIMARY KEY, t text);
            INSERT INTO t SELECT i, (SELECT string_agg(md5((i + k)::text), '') FROM generate_series(1, 30) k) FROM generate_series(1, \(rows)) i;
            UPDATE t SET t = repeat(md5(id::text), (312 * power(2000, (id % 9973) / 9973.0))::int) WHERE id % 1000 = 7;
            """)
        bench.note("row 3")
        var connection = try bench.connection("bound_one")
        var bounds: [Double] = []
        let pairs = try await bench.interleave {
            let run = try await bench.profile("bound_one", Self.options + ["--jobs", "1"])
            bounds.append(run.largestLimit)
            return run.milliseconds
        } _: {
            try bench.query(&connection, "SELECT max(octet_length(t)) FROM t")
        }
        let truth = Double(
            try await bench.server.psql("SELECT max(octet_length(t)) FROM t", database: "bound_one"))
        let toast = try await bench.server.psql(
            "SELECT 'pg_toast_' || oid FROM pg_class WHERE relname = 't'", database: "bound_one")
        let hand = try await bench.byHand(
            3, "chunks of each value by the index, and the size that each begins with",
            """
            SELECT max(GREATEST(n * 1996, (SELECT get_byte(d, 0) + get_byte(d, 1) * 256 + get_byte(d, 2) * 65536 FROM (
                SELECT substr(chunk_data, 1, 4) AS d FROM \(try Self.toast(toast)) h WHERE h.chunk_id = v.chunk_id AND chunk_seq = 0) s)))
              FROM (SELECT chunk_id, max(chunk_seq) + 1 AS n FROM \(try Self.toast(toast)) GROUP BY chunk_id) v
            """, against: "max()", "SELECT max(octet_length(t)) FROM t", in: "bound_one")
        try await bench.server.psql("DROP DATABASE bound_one WITH (FORCE)")
        let what = "bound of a 2 GB heap with 0.1 % TOASTed values of up to 20 MB"
        return [
            Measured(3, what, against: "max()", pairs, atMost: 0.05), hand,
            Measured(
                3, "the same: the bound", against: "the largest value",
                value: bounds.median / (truth ?? .nan), atMost: 1.3, .ratio),
        ]
    }

    /// Many tables with values outside of them, compressed or not, vacuumed or not.
    private func manyTables() async throws -> [Measured] {
        let tables = max(20, Int(500 * bench.scale))
        bench.note("creating bound_many")
        try await bench.server.createDatabase("bound_many")
        try await bench.server.psql(
            """
            DO $$ BEGIN FOR i IN 1..\(tables) LOOP
              EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, t text COMPRESSION %s)', i, CASE WHEN i % 2 = 0 THEN 'lz4' ELSE 'pglz' END);
              EXECUTE format('INSERT INTO t%s SELECT k, CASE WHEN k %% 4 = 0 THEN (SELECT string_agg(md5((k * g)::text), NULL) FROM generate_series(1, 100 + k %% 300) g)
                ELSE (SELECT string_agg(md5((k + g)::text), NULL) FROM generate_series(1, 1 + k %% 40) g) END FROM generate_series(1, 2600) k', i);
              IF i % 4 < 2 THEN EXECUTE format('ALTER TABLE t%s SET (autovacuum_enabled = off, toast.autovacuum_enabled = off)', i); END IF;
            END LOOP; END $$;
            """, database: "bound_many")
        let vacuumed = (1...tables).filter { $0 % 4 >= 2 }.map { "t\($0)" }.joined(separator: ", ")
        try await bench.server.psql("VACUUM ANALYZE \(vacuumed); ANALYZE; CHECKPOINT", database: "bound_many")
        bench.note("row 4")
        var connection = try bench.connection("bound_many")
        let maxima = (1...tables).map { number -> SQL in "(SELECT max(octet_length(t)) FROM t\(number))" }
        let pairs = try await bench.interleave(repeats: min(bench.repeats, 3)) {
            try await bench.profile("bound_many", Self.options + ["--jobs", "1"]).milliseconds
        } _: {
            try bench.query(&connection, "SELECT GREATEST(\(maxima.joined(separator: ", ")))")
        }
        let names = try await bench.server.psql(
            "SELECT 'pg_toast_' || oid FROM pg_class WHERE relname ~ '^t[0-9]+$'", database: "bound_many"
        ).split(separator: "\n").map(String.init)
        var counts: [SQL] = []
        for name in names {
            counts.append(
                "(SELECT max(n) FROM (SELECT max(chunk_seq) AS n FROM \(try Self.toast(name)) GROUP BY chunk_id) v)"
            )
        }
        let hand = try await bench.byHand(
            4, "chunks of each value by the indexes, all in one statement",
            "SELECT GREATEST(\(counts.joined(separator: ", ")))", against: "max() of all",
            "SELECT GREATEST(\(maxima.joined(separator: ", ")))", in: "bound_many")
        try await bench.server.psql("DROP DATABASE bound_many WITH (FORCE)")
        return [
            Measured(
                4, "bound of \(tables) tables, 4 GB in all, half lz4, half not vacuumed, --jobs 1",
                against: "max() of all", pairs, atMost: 0.1), hand,
        ]
    }

    private static func toast(_ name: String) throws(PostgreSQLError) -> SQL {
        try SQL.name(schema: Array("pg_toast".utf8), name: Array(name.utf8))
    }
}
