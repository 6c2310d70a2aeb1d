import EphemeralPostgreSQL
import Foundation
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// Damaged data costs the damaged part, which is listed with its place.
struct DamageTests {
    private static func profile(
        _ cluster: EphemeralCluster, method: PlanOptions.Method = .full, jobs: Int = 2
    ) async throws -> Profile {
        try await Survey(
            try Conninfo(cluster.conninfo()),
            options: SurveyOptions(plan: PlanOptions(method: method), jobs: jobs)
        ).run()
    }

    private static func bytes(
        _ profile: Profile, _ table: String, _ column: String
    ) throws -> (rows: Int, sum: Int64, unread: Int) {
        let name = RelationName(schema: Identifier("public"), name: Identifier(table))
        let found = profile.tables.first { $0.relation.name == name }?.measurement(column)
        let measurement = try #require(found)
        return (measurement.distribution.rows, measurement.distribution.sum.bytes, measurement.unreadBlocks)
    }

    @Test(.database, arguments: [1, 2]) func damagedBlocksAreListedAndTheOthersMeasured(jobs: Int)
        async throws
    {
        let cluster = try await EphemeralCluster.start(extraInitdbArguments: ["--data-checksums"])
        try await cluster.psql(
            """
            CREATE TABLE t (t text, j jsonb); CREATE TABLE whole (t text); INSERT INTO whole VALUES ('abc');
            INSERT INTO t SELECT repeat('x', i % 900), jsonb_build_array(i) FROM generate_series(1, 30000) i;
            VACUUM t; CHECKPOINT; ALTER ROLE postgres SET zero_damaged_pages = on; ALTER ROLE postgres SET ignore_checksum_failure = on;
            """)
        let blocks = try await cluster.psql("SELECT pg_relation_size('t') / 8192")
        let last = try #require(Int(blocks)) - 1
        let damaged = [0, 77, 78, 500, last]
        let list = damaged.map(String.init).joined(separator: ", ")
        let oracle = try await cluster.psql(
            """
            SELECT count(*), sum(octet_length(t)), sum(octet_length(j::text)) FROM t WHERE (ctid::text::point)[0]::int NOT IN (\(list))
            """)
        let file = cluster.dataDirectory + "/" + (try await cluster.psql("SELECT pg_relation_filepath('t')"))
        try await cluster.restart()
        try Self.damage(file, blocks: damaged)
        let profile = try await Self.profile(cluster, jobs: jobs)
        let name = RelationName(schema: Identifier("public"), name: Identifier("t"))
        #expect(
            Set(profile.unmeasured.map(Self.withoutMessage))
                == Set(
                    damaged.map {
                        Unmeasured(relation: name, reason: .damaged, detail: "block \($0), SQLSTATE XX001")
                    }))
        #expect(profile.unmeasured.count == damaged.count)
        let (text, jsonb) = (try Self.bytes(profile, "t", "t"), try Self.bytes(profile, "t", "j"))
        #expect("\(text.rows)|\(text.sum)|\(jsonb.sum)" == oracle)
        #expect(text.unread == damaged.count && jsonb.unread == damaged.count)
        #expect(profile.tables.first { $0.relation.name == name }?.rows.isExact == false)
        #expect(try Self.bytes(profile, "whole", "t").sum == 3)
        await cluster.stop()
    }

    private static func damage(_ file: String, blocks: [Int]) throws {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file))
        for block in blocks {
            try handle.seek(toOffset: UInt64(block) * 8192 + 100)
            try handle.write(contentsOf: Data(repeating: 0xDB, count: 3000))
        }
        try handle.close()
    }

    @Test(.database) func damagedTOASTCostsTheValueAndNoHeader() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE EXTENSION pg_surgery; CREATE TABLE t (id int, t text, b bytea, j jsonb, k jsonb, small jsonb);
            ALTER TABLE t ALTER t SET STORAGE EXTERNAL, ALTER b SET STORAGE EXTERNAL, ALTER j SET STORAGE EXTERNAL, ALTER k SET STORAGE EXTERNAL;
            INSERT INTO t SELECT i, NULL, NULL, jsonb_build_array(repeat('j', 5000 + i)), NULL, '[1]' FROM generate_series(1, 50) i;
            INSERT INTO t SELECT i, repeat('x', 7000 + i), convert_to(repeat('y', 9000 + i), 'UTF8'), NULL, jsonb_build_array(repeat('k', 6000)), '[1, 2]'
              FROM generate_series(51, 400) i;
            """)
        let expected = try await database.psql(
            """
            SELECT count(*), sum(octet_length(t)), sum(octet_length(b)), sum(octet_length(small::text)), sum(octet_length(k::text)),
                   sum(octet_length(j::text)) FILTER (WHERE id NOT IN (3, 17)) FROM t
            """)
        // The chunks of the values with id 3 and 17, in the order in which they were written.
        let places = try await database.psql("SELECT ctid FROM t WHERE id IN (3, 17) ORDER BY id")
        try await database.psql(
            """
            DO $$ DECLARE toast regclass = (SELECT reltoastrelid FROM pg_class WHERE relname = 't'); places tid[];
            BEGIN EXECUTE format('SELECT array_agg(ctid) FROM (SELECT ctid, dense_rank() OVER (ORDER BY chunk_id) n FROM %s) x WHERE n IN (3, 17)', toast)
              INTO places; PERFORM heap_force_kill(toast, places); END $$
            """)
        let profile = try await profileOfCurrent()
        let name = RelationName(schema: Identifier("public"), name: Identifier("t"))
        let details = PlainSQL.lines(Array(places.utf8)).map { place -> String in
            let parts = place.utf8.dropFirst().dropLast().split(separator: UInt8(ascii: ",")).map {
                String(decoding: Array($0), as: UTF8.self)
            }
            return "block \(parts[0]), line pointer \(parts[1]), SQLSTATE XX001"
        }
        #expect(
            Set(profile.unmeasured.map(Self.withoutMessage))
                == Set(
                    details.map {
                        Unmeasured(relation: name, column: Identifier("j"), reason: .damaged, detail: $0)
                    }))
        let sums = try ["t", "b", "small", "k", "j"].map { try Self.bytes(profile, "t", $0) }
        #expect("400|" + sums.map { "\($0.sum)" }.joined(separator: "|") == expected)
        #expect(sums.map(\.rows) == [400, 400, 400, 400, 398])
        #expect(profile.table("t")?.rows == .init(count: 400, isExact: true))
        #expect(sums.map(\.unread).dropLast().allSatisfy { $0 == 0 })
    }

    /// An entry without what the server said, in whatever words.
    private static func withoutMessage(_ entry: Unmeasured) -> Unmeasured {
        let detail = entry.detail.map {
            String(decoding: $0.utf8.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
        }
        #expect(detail != entry.detail, "no message of the server in \(entry)")
        return Unmeasured(
            relation: entry.relation, column: entry.column, reason: entry.reason, detail: detail)
    }
}
