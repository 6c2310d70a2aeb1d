import EphemeralPostgreSQL
import Foundation
import LOBAdvice
import LOBReports
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

@testable import LOBSurvey

/// `--method bound`: no value is larger than what it says, however values are stored, and no row is read for it.
@Suite(.database, .timeLimit(.minutes(3))) struct ToastBoundTests {
    private static let bound = PlanOptions(method: .bound, histogram: .omitted)
    /// What a value in a row can have: 8192 x 256.
    private static let inRows = ByteCount(2_097_152)

    /// A table of each way to store values: some that compress well, some that do not, of sizes around each limit.
    private static func table(_ name: String, storage: String, compression: String, target: Int = 0) -> String
    {
        let lengths =
            storage == "plain"
            ? "1, 500, 1900"
            : "1, 100, 1995, 1996, 1997, 2100, 3992, 3993, 8000, 8300, 100000, 998000, 1000001, 4000000"
        let options = target > 0 ? "ALTER TABLE \(name) SET (toast_tuple_target = \(target));" : ""
        return """
            CREATE TABLE \(name) (id int, t text, v varchar, c char(9000), b bytea, x xml, j json); \(options)
            """
                + ["t", "v", "c", "b", "x", "j"].map {
                    "ALTER TABLE \(name) ALTER \($0) SET STORAGE \(storage), ALTER \($0) SET COMPRESSION \(compression);\n"
                }.joined()
                    + """
                    INSERT INTO \(name) SELECT n, s, CASE k WHEN 1 THEN s END, CASE WHEN k = 0 AND \(storage != "plain") THEN left(s, 9000) END,
                        CASE k WHEN 0 THEN convert_to(s, 'UTF8') ELSE decode(left(md5(n::text), 2 * least(n, 16)), 'hex') END,
                        CASE k WHEN 0 THEN ('<a>' || s || '</a>')::xml END, CASE k WHEN 1 THEN ('"' || s || '"')::json END
                      FROM unnest(ARRAY[\(lengths)]) n, generate_series(0, 1) k, LATERAL (SELECT left(CASE k WHEN 0 THEN repeat('xy', n)
                        ELSE (SELECT string_agg(md5(i::text || n), '') FROM generate_series(1, n / 32 + 1) i) END, n) AS s) l
                     WHERE \(storage == "plain" ? "k = 1" : "true");
                    DELETE FROM \(name) WHERE id = 3992; UPDATE \(name) SET id = -id WHERE id = 8000;

                    """
    }

    private static let names = [
        "p", "e_pglz", "e_lz4", "x_pglz", "x_lz4", "m_pglz", "m_lz4", "small_target", "mixed",
    ]
    private static let tables =
        table("p", storage: "plain", compression: "pglz")
        + ["pglz", "lz4"].map { method in
            table("e_\(method)", storage: "external", compression: method)
                + table("x_\(method)", storage: "extended", compression: method)
                + table("m_\(method)", storage: "main", compression: method)
        }.joined()
        + table("small_target", storage: "extended", compression: "lz4", target: 128)
        // What the catalog says is not how the values are stored.
        + table("mixed", storage: "main", compression: "lz4")
            + """
            ALTER TABLE mixed ALTER t SET STORAGE plain, ALTER t SET COMPRESSION pglz, ALTER b SET STORAGE external;
            INSERT INTO mixed SELECT * FROM e_pglz WHERE false; INSERT INTO mixed (t) VALUES ('a');

            """

    /// The largest size of each table and column, as psql says.
    private func truth(_ table: String, _ column: Column) async throws -> Int64 {
        let name = String(decoding: PlainSQL.quoted(column.name), as: UTF8.self)
        let cast = column.family == .bytea || column.family == .bpchar ? "" : "::text"
        let size = try await TestDatabase.current.psql(
            "SELECT coalesce(max(octet_length(\(name)\(cast))), 0) FROM \(table)")
        return try #require(Int64(size))
    }

    @Test func noValueIsLargerHoweverItIsStored() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let profile = try await profileOfCurrent(plan: Self.bound)
        #expect(profile.unmeasured == [])
        let estimator = ColumnEstimator(policy: Policy())
        var compared = 0
        for name in Self.names {
            let table = try #require(profile.table(name))
            #expect(table.reading?.certainty == .oneMoment)
            for column in table.columns {
                let measurement = try #require(column.measurement)
                let bound = try #require(measurement.bound)
                let truth = try await truth(name, column.column)
                #expect(measurement.method == .bound && measurement.largest.isEmpty)
                #expect(bound.size.bytes >= truth && bound.inRows == Self.inRows, "\(name) \(bound)")
                // Nothing here begins with a number by accident: the bound is the largest value and a chunk at most.
                let outside = try #require(bound.outside)
                let isOutside = name != "p"
                #expect(
                    outside.isRead && (outside.values ?? 0 > 0) == isOutside
                        && outside.largest.bytes <= 4_001_984)
                let estimate = estimator.estimate(column, of: table)
                #expect(estimate.coverage == .bounded && estimate.largest == nil)
                #expect(estimate.largestSize == .atMost(estimate.limit?.bytes ?? 0))
                #expect((estimate.limit?.bytes ?? 0) >= truth)
                #expect(
                    estimate.risk(above: ByteCount(truth - 1)) == nil
                        && estimate.riskOfAnother(above: bound.size) == 0)
                compared += 1
            }
        }
        #expect(compared == Self.names.count * 6)
        // Chunks are counted as they are.
        for name in ["e_pglz", "x_lz4"] {
            let outside = try #require(profile.table(name)?.measurement("t")?.bound?.outside)
            let oracle = try await database.psql(
                """
                DO $$ BEGIN EXECUTE format('CREATE VIEW pieces AS SELECT chunk_id, chunk_seq FROM %s',
                  (SELECT reltoastrelid::regclass FROM pg_class WHERE oid = '\(name)'::regclass)); END $$;
                SELECT count(DISTINCT chunk_id), count(*) FROM pieces; DROP VIEW pieces;
                """)
            #expect(oracle == "\(outside.values ?? -1)|\(outside.chunks ?? -1)")
        }
    }

    /// Bytes that begin as a compressed value would are taken for one, where they can be one at all.
    @Test func valuesThatLookCompressed() async throws {
        let database = try TestDatabase.current
        let files = [
            "255044462d312e37", "89504e470d0a1a0a", "504b030414000000", "1f8b080000000000",
            "ffd8ffe000104a46",
        ]
        let hostile = files.enumerated().map { index, head in
            "CREATE TABLE f\(index) (b bytea); ALTER TABLE f\(index) ALTER b SET STORAGE external;"
                + " INSERT INTO f\(index) SELECT '\\x\(head)'::bytea || string_agg(decode(md5(i::text), 'hex'), '')"
                + " FROM generate_series(1, 200000) i;"
        }
        try await database.psql(
            hostile.joined(separator: "\n") + """
                CREATE TABLE zeros (b bytea); ALTER TABLE zeros ALTER b SET STORAGE external;
                INSERT INTO zeros SELECT '\\x00e1f505'::bytea || decode(repeat('00', 3000000), 'hex');
                CREATE TABLE impossible (b bytea); ALTER TABLE impossible ALTER b SET STORAGE external;
                INSERT INTO impossible SELECT '\\xffffff3f'::bytea || decode(repeat('00', 3000000), 'hex');
                CREATE TABLE long (t text); INSERT INTO long SELECT repeat('x', 90000000);
                """)
        let profile = try await profileOfCurrent(plan: Self.bound)
        #expect(profile.unmeasured == [])
        for index in files.indices {
            let bound = try #require(profile.table("f\(index)")?.measurement("b")?.bound)
            #expect((3_200_008...3_201_600).contains(bound.size.bytes), "\(files[index]): \(bound)")
        }
        // 100,000,000: a stream of bytes as they are.
        #expect(profile.table("zeros")?.measurement("b")?.bound?.size == ByteCount(100_000_000))
        // More than pglz makes of so many bytes.
        #expect(
            (profile.table("impossible")?.measurement("b")?.bound?.size ?? ByteCount(0))
                < ByteCount(3_002_000))
        #expect(profile.table("long")?.measurement("t")?.bound?.size == ByteCount(90_000_000))
    }

    /// The size that a compressed value begins with, read byte by byte.
    @Test func sizesOfCompressedValuesAreExact() async throws {
        let sizes = [2_097_153, 3_000_257, 16_777_215, 16_777_216, 33_554_433, 70_000_001]
        try await TestDatabase.current.psql(
            sizes.flatMap { size in
                ["pglz", "lz4"].map { method in
                    """
                    CREATE TABLE \(method)_\(size) (t text COMPRESSION \(method));
                    INSERT INTO \(method)_\(size) SELECT repeat('x', \(size));

                    """
                }
            }.joined())
        let profile = try await profileOfCurrent(plan: Self.bound)
        for size in sizes {
            for method in ["pglz", "lz4"] {
                let bound = profile.table("\(method)_\(size)")?.measurement("t")?.bound
                #expect(bound?.size == ByteCount(Int64(size)), "\(method)")
            }
        }
    }

    /// What the server has compressed is never taken for something else.
    @Test(arguments: ["pglz", "lz4"]) func everyCompressedValueIsTakenForOne(method: String) async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (id int, t text COMPRESSION \(method));
            INSERT INTO t SELECT i, string_agg(CASE WHEN (i * k) % 7 < 4 THEN md5((i * k)::text) ELSE repeat(chr(97 + k % 26), (i * k) % 997) END, '')
              FROM generate_series(1, 400) i, generate_series(1, 40 + i % 90) k GROUP BY i;
            INSERT INTO t SELECT 1000 + i, repeat(md5(i::text), 1 << i) FROM generate_series(12, 17) i;
            INSERT INTO t SELECT 2000 + i, repeat(chr(97 + i), 500000 * i) FROM generate_series(1, 20) i;
            DELETE FROM t WHERE pg_column_compression(t) IS NULL;
            """)
        let relation = try await database.psql(
            "SELECT reltoastrelid::regclass FROM pg_class WHERE oid = 't'::regclass")
        let rows = try await database.psql(
            """
            SELECT chunk_id, (SELECT count(*) FROM \(relation) n WHERE n.chunk_id = c.chunk_id), encode(substr(chunk_data, 1, 512), 'hex')
              FROM \(relation) c WHERE chunk_seq = 0
            """)
        var seen = 0
        for row in rows.split(separator: "\n") {
            let fields = row.split(separator: "|")
            let bytes = try Self.bytes(fields[2])
            let beginning = try #require(CompressedBeginning(bytes[...]))
            #expect(beginning.isPossible(chunks: try #require(Int64(fields[1])), of: 1996))
            seen += 1
        }
        #expect(seen > 100)
    }

    private static func bytes(_ hex: Substring) throws -> [UInt8] {
        let digits = Array(hex.utf8)
        return try stride(from: 0, to: digits.count - 1, by: 2).map {
            try #require(UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16))
        }
    }

    /// The blocks of the table are not touched; those of its TOAST relation are.
    @Test func noBlockOfTheTableIsRead() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (id int PRIMARY KEY, t text, j json); ALTER TABLE t ALTER t SET STORAGE external;
            INSERT INTO t SELECT i, repeat('x', 30000), '{}' FROM generate_series(1, 500) i; VACUUM ANALYZE t;
            """)
        let heap = "SELECT heap_blks_read + heap_blks_hit FROM pg_statio_user_tables WHERE relname = 't'"
        let toast =
            "SELECT toast_blks_hit + toast_blks_read + tidx_blks_hit + tidx_blks_read FROM pg_statio_user_tables WHERE relname = 't'"
        var before = ""
        for _ in 0..<20 {
            let now = try await database.psql("\(heap); \(toast)")
            if now == before { break }
            before = now
            try await Task.sleep(for: .milliseconds(600))
        }
        let profile = try await profileOfCurrent(plan: Self.bound)
        #expect(profile.table("t")?.measurement("t")?.bound?.outside?.values == 500)
        let numbers = before.split(separator: "\n")
        var now = numbers
        for _ in 0..<40 where now.last == numbers.last {
            try await Task.sleep(for: .milliseconds(100))
            now = try await database.psql("\(heap); \(toast)").split(separator: "\n")
        }
        try await Task.sleep(for: .milliseconds(700))
        #expect(now.last != numbers.last)
        #expect(try await database.psql(heap) == String(numbers[0]))
    }

    /// Where VACUUM never came by, the index alone does not tell which chunks are there, and the price says so.
    ///
    /// A server of its own: VACUUM calls nothing visible to all whose commit was not written yet, or that a replica of another
    /// test may need.
    @Test func theIndexOfAnUnvacuumedTOASTRelationCostsMore() async throws {
        let cluster = try await EphemeralCluster.start(settings: ["synchronous_commit": "on"])
        try await cluster.psql(
            """
            CREATE TABLE t (t text);
            ALTER TABLE t ALTER t SET STORAGE external;
            INSERT INTO t SELECT repeat('x', 30000) FROM generate_series(1, 2000) i; ANALYZE t;
            """)
        var seconds: [Double] = []
        for isVacuumed in [false, true] {
            if isVacuumed { try await cluster.psql("VACUUM t") }
            let preview = try Survey(
                try Conninfo(cluster.conninfo()), options: SurveyOptions(plan: Self.bound)
            ).preview()
            #expect(preview.catalog.relations.map(\.isTOASTMostlyUnseen) == [isVacuumed ? nil : true])
            seconds.append(try #require(preview.plan.tables.first?.price.seconds))
        }
        #expect(seconds[0] > seconds[1])
        await cluster.stop()
    }

    /// Beside the bound some random blocks are read, for the histogram: what they hold is at least there, and no more than that.
    @Test func aHistogramOfSomeBlocks() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (id int PRIMARY KEY, t text, j json);
            INSERT INTO t SELECT i, CASE WHEN i % 5 > 0 THEN repeat(md5(i::text), i % 20) END, '[]' FROM generate_series(1, 40000) i;
            UPDATE t SET t = (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 200000) i) WHERE id = 39999;
            VACUUM ANALYZE t;
            """)
        let profile = try await profileOfCurrent(plan: PlanOptions(method: .bound))
        #expect(profile.unmeasured == [])
        let table = try #require(profile.table("t"))
        let measurement = try #require(table.measurement("t"))
        #expect(measurement.method == .bound && measurement.blocks?.blocks == 100)
        #expect(table.sample?.blocksRead == 100 && table.sample?.blocksTotal == table.relation.blocks)
        #expect((1000..<20_000).contains(measurement.distribution.rows))
        #expect(
            (30_000..<50_000).contains(table.rowFigure.value ?? 0) && table.rowFigure.provenance == .estimated
        )
        let column = try #require(table.columns.first { $0.column.name == Identifier("t") })
        let estimate = ColumnEstimator(profile, policy: Policy()).estimate(column, of: table)
        #expect(estimate.coverage == .bounded && estimate.largest == nil)
        #expect(try #require(estimate.limit) >= ByteCount(6_400_000))
        #expect(estimate.statement.contains("rows of random blocks were read, for the histogram"))
        #expect(estimate.cut(at: [ByteCount(300)]) == nil, "some blocks say nothing certain beside a bound")
        let stored = try JSONDecoder().decode(Profile.self, from: try JSONEncoder().encode(profile))
        #expect(stored == profile)
    }

    /// Without the right to read TOAST its size alone bounds, and the statement names the GRANT.
    @Test func aRoleThatMayNotReadTOAST() async throws {
        let database = try TestDatabase.current
        let (plain, reader) = ("plain_\(database.name)", "reader_\(database.name)")
        try await database.psql(
            """
            CREATE TABLE t (id int, t text); INSERT INTO t SELECT i, repeat('x', 10000000) FROM generate_series(1, 3) i;
            CREATE TABLE narrow (id int, t text); INSERT INTO narrow VALUES (1, 'x');
            CREATE TABLE large (t text); ALTER TABLE large ALTER t SET STORAGE external; INSERT INTO large SELECT repeat('x', 6000000);
            CREATE ROLE \(plain) LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO \(plain);
            CREATE ROLE \(reader) LOGIN; GRANT pg_read_all_data TO \(reader);
            """)
        let profile = try await profileOfCurrent(user: plain, plan: Self.bound)
        #expect(profile.unmeasured == [])
        let table = try #require(profile.table("t"))
        let bound = try #require(table.measurement("t")?.bound)
        let stored = try #require(
            Int64(
                try await database.psql(
                    "SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE oid = 't'::regclass")))
        #expect(
            bound.outside
                == .init(largest: ByteCount(stored * 256), values: nil, chunks: nil, storedBytes: stored))
        let column = try #require(table.columns.first { $0.column.name == Identifier("t") })
        let estimate = ColumnEstimator(profile, policy: Policy()).estimate(column, of: table)
        #expect(estimate.statement.contains("GRANT pg_read_all_data TO \"\(plain)\""))
        #expect(profile.table("narrow")?.measurement("t")?.bound?.outside?.values == 0)
        #expect(profile.table("large")?.measurement("t")?.bound?.size == ByteCount.largestValue)
        let better = try await profileOfCurrent(user: reader, plan: Self.bound)
        #expect(better.table("t")?.measurement("t")?.bound?.size == ByteCount(10_000_000))
    }

    /// Defaults that no row holds, values that are as large as can be in a row, partitions, names, and what is not bounded.
    @Test func whatIsInNoTOASTRelation() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE added (id int); INSERT INTO added SELECT generate_series(1, 9);
            ALTER TABLE added ADD COLUMN d text DEFAULT repeat('x', 500000);
            CREATE TABLE packed (t text COMPRESSION lz4); ALTER TABLE packed ALTER t SET STORAGE main;
            INSERT INTO packed SELECT repeat('x', 2000000);
            CREATE TABLE whole (id int, t text) PARTITION BY LIST (id);
            CREATE TABLE one PARTITION OF whole FOR VALUES IN (1); CREATE TABLE two PARTITION OF whole FOR VALUES IN (2);
            INSERT INTO whole SELECT 1 + i / 2, string_agg(md5((i * k)::text), '') FROM generate_series(1, 2) i, generate_series(1, 90000 * i) k
             GROUP BY i;
            CREATE DOMAIN note AS varchar(20000); CREATE TABLE domains (n note); INSERT INTO domains VALUES (repeat('é', 20000));
            CREATE SCHEMA "a.b""c"; CREATE TABLE "a.b""c"."d'; DROP TABLE x; --" ("e""f" text, "chunk_id" text);
            INSERT INTO "a.b""c"."d'; DROP TABLE x; --" SELECT repeat('z', 5000000), 'y';
            CREATE TABLE others (id int, j jsonb, a text[], h tsvector, t text); INSERT INTO others VALUES (1, '{}', '{a}', '', 'x');
            CREATE TABLE empty (j jsonb, t text); CREATE MATERIALIZED VIEW m AS SELECT * FROM added;
            """)
        let isInOneRow = try await database.psql(
            """
            SELECT (SELECT reltoastrelid FROM pg_class WHERE oid = 'pg_catalog.pg_attribute'::regclass),
                   (SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE oid = 'packed'::regclass)
            """)
        #expect(isInOneRow == "0|0")
        let profile = try await profileOfCurrent(plan: Self.bound)
        for (name, column) in [("added", "d"), ("packed", "t"), ("two", "t"), ("domains", "n"), ("m", "d")] {
            let table = try #require(profile.table(name))
            let bound = try #require(table.measurement(column)?.bound)
            let found = try #require(table.columns.first { $0.column.name == Identifier(column) })
            let truth = try await truth(name, found.column)
            #expect(truth > 0 && bound.size.bytes >= truth)
            let limit = try #require(ColumnEstimator(policy: Policy()).estimate(found, of: table).limit)
            #expect(limit.bytes >= truth && (name != "domains" || limit == ByteCount(80_000)))
        }
        #expect((profile.table("two")?.measurement("t")?.bound?.size ?? ByteCount(0)) > ByteCount(2_880_000))
        let named = profile.table("d'; DROP TABLE x; --", schema: "a.b\"c")
        #expect(named?.measurement("e\"f")?.bound?.size == ByteCount(5_000_000))
        #expect(named?.measurement("chunk_id")?.bound?.size == ByteCount(5_000_000))
        let left = profile.unmeasured.map { "\($0.subject) \($0.reason.rawValue)" }
        #expect(left == ["j", "a", "h"].sorted().map { "public.others.\($0) noBound" })
        #expect(profile.table("empty")?.measurement("j")?.method == .full)
    }
}
