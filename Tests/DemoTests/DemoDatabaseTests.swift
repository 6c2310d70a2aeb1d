import EphemeralPostgreSQL
import TestSupport
import Testing

@testable import lobscope

@Suite(
    .serialized, .enabled("PostgreSQL server programs are installed") { await SharedCluster.isAvailable() })
struct DemoDatabaseTests {
    @Test func everyTableButTheEmptyOneHasRows() async throws {
        let cluster = try await EphemeralCluster.start()
        var lines: [String] = []
        let tables = try await DemoDatabase.load(
            into: cluster, size: DemoSize(bytes: 4_000_000, paragraphs: 2_000)
        ) { lines.append($0) }
        #expect(tables.count == 21)
        for table in tables {
            #expect(table.name == "app.outbox" ? table.rows == 0 : table.rows > 0, "\(table)")
            #expect(lines.contains(table.description))
        }
        #expect(tables.first { $0.name == "archive.paragraph" }?.rows == 2_000)
        try await expectTypes(in: cluster)
        try await expectLargeObjects(in: cluster)
        #expect(try await cluster.psql(Self.lobBytes, database: "demo") == "t")
        await cluster.stop()
    }

    @Test func sameMachineGivesTheSameRows() async throws {
        let cluster = try await EphemeralCluster.start()
        let size = DemoSize(bytes: 1_000_000, paragraphs: 200)
        var digests: Set<String> = []
        for _ in 1...2 {
            try await DemoDatabase.load(into: cluster, size: size, files: MachineFiles.found) { _ in }
            digests.insert(try await cluster.psql(Self.digest, database: "demo"))
            try await cluster.dropDatabase("demo")
        }
        #expect(digests.count == 1)
        await cluster.stop()
    }

    @Test func machineWithAlmostNoFilesFillsEveryTableAllTheSame() async throws {
        let files = DemoFiles(MachineFiles.found[.document].filter { $0.size < 5_000 }.suffix(5))
        let cluster = try await EphemeralCluster.start()
        var lines: [String] = []
        let tables = try await DemoDatabase.load(
            into: cluster, size: DemoSize(bytes: 400_000, paragraphs: 100), files: files
        ) { lines.append($0) }
        for table in tables where table.name != "app.outbox" && !table.name.hasPrefix("archive.manual") {
            #expect(table.rows > 0, "\(table)")
        }
        #expect(lines.contains("no manual files on this machine, so others replace them"))
        #expect(lines.contains { $0.hasPrefix("app.document: too few files on this machine") })
        await cluster.stop()
    }

    /// Every row of the loaded tables, without the identifiers of large objects.
    private static let digest = """
        SELECT md5(string_agg(row, '' ORDER BY row COLLATE "C")) FROM (
            SELECT md5(t::text) FROM app.file t UNION ALL SELECT md5(t::text) FROM app.document t
            UNION ALL SELECT md5(t::text) FROM app.source t UNION ALL SELECT md5(t::text) FROM app.package t
            UNION ALL SELECT md5(t::text) FROM app.shape t
            UNION ALL SELECT md5(t::text) FROM app.configuration t
            UNION ALL SELECT md5(t::text) FROM app.markup t UNION ALL SELECT md5(t::text) FROM archive.changelog t
            UNION ALL SELECT md5(t::text) FROM archive.paragraph t
            UNION ALL SELECT md5(t::text) FROM archive.manual t
            UNION ALL SELECT md5(t::text) FROM archive.stored t) AS loaded (row)
        """

    /// The LOB types of the demo, all of which hold values.
    private func expectTypes(in cluster: EphemeralCluster) async throws {
        let found = try await cluster.psql(
            """
            SELECT DISTINCT format_type(a.atttypid, NULL) FROM pg_attribute a
            JOIN pg_stats s ON s.attname = a.attname AND s.null_frac < 1
             AND to_regclass(format('%I.%I', s.schemaname, s.tablename)) = a.attrelid
            WHERE s.schemaname IN ('app', 'archive') ORDER BY 1
            """, database: "demo")
        let types = Set(
            found.utf8.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) })
        let wanted = [
            "app.contact", "app.markdown", "app.summary", "bytea", "character varying", "integer[]", "json",
            "jsonb", "oid", "path", "polygon", "text", "text[]", "tsquery", "tsvector",
        ]
        #expect(Set(wanted).subtracting(types) == [])
    }

    private func expectLargeObjects(in cluster: EphemeralCluster) async throws {
        let orphans = """
            SELECT count(*) FROM pg_largeobject_metadata WHERE oid NOT IN (
                SELECT content FROM app.attachment
                UNION ALL SELECT preview FROM app.attachment WHERE preview IS NOT NULL)
            """
        #expect(try await cluster.psql(orphans, database: "demo") == "1")
        let sparse = """
            SELECT max(pageno::bigint * 2048 + octet_length(data)), count(*) FROM pg_largeobject
            WHERE loid = (SELECT content FROM app.attachment WHERE name = 'sparse')
            """
        #expect(try await cluster.psql(sparse, database: "demo") == "1073741824|1")
    }

    /// Most of the bytes asked for arrived.
    private static let lobBytes = """
        SELECT (SELECT sum(octet_length(body)) FROM app.document)
             + (SELECT sum(octet_length(content)) FROM app.source)
             + (SELECT sum(octet_length(compressed)) FROM archive.changelog)
             + (SELECT sum(octet_length(compressed)) FROM archive.manual)
             + (SELECT sum(octet_length(plain)) FROM archive.stored) > 2500000
        """
}

/// The machine's files, searched once for all tests.
enum MachineFiles {
    static let found = DemoFiles.collect()
}
