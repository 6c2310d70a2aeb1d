import LOBAdvice
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

@testable import LOBSurvey

/// Sizes of json that were told from headers equal `octet_length(j::text)`, value by value, however a value is stored.
@Suite(.database) struct JSONHeaderTests {
    /// Lengths around every limit of storage, of values that compress well, and of values that do not.
    private static let lengths = """
        SELECT n FROM generate_series(2, 140) n UNION ALL SELECT n FROM generate_series(1960, 2080) n
        UNION ALL SELECT n FROM generate_series(3990, 4010) n UNION ALL SELECT n FROM generate_series(8100, 8210) n
        UNION ALL SELECT unnest(ARRAY[700, 5000, 9000, 16380, 16384, 30000, 65535, 65536, 1048577])
        """

    /// Fills a table; the values alternate between repeated and random text.
    private static func table(_ name: String, storage: String, compression: String, fill: Int = 0) -> String {
        let longest = storage == "plain" || fill > 7000 ? 500 : 2_000_000
        return """
            CREATE TABLE "\(name)" (id int, a json, pad text); ALTER TABLE "\(name)" ALTER a SET STORAGE \(storage);
            ALTER TABLE "\(name)" ALTER a SET COMPRESSION \(compression), ALTER pad SET STORAGE plain;
            INSERT INTO "\(name)" SELECT n, ('"' || left(CASE k WHEN 0 THEN repeat('x', n)
                  ELSE (SELECT string_agg(md5(i::text || n), '') FROM generate_series(1, n / 32 + 1) i) END, n - 2) || '"')::json,
                repeat('p', \(fill))
              FROM (\(lengths)) l(n), generate_series(0, 1) k WHERE n <= \(longest);
            INSERT INTO "\(name)" VALUES (0, NULL, NULL), (1, '1', ''), (2, '{}', '');

            """
    }

    private static let tables =
        ["plain", "external", "main", "extended"].map { table($0, storage: $0, compression: "pglz") }.joined()
        + table("lz4", storage: "extended", compression: "lz4")
        // Rows that are too large even with small values: these go outside too.
        + table("padded", storage: "external", compression: "pglz", fill: 1950)
        + table("packed", storage: "extended", compression: "pglz", fill: 1950)
            + """
            ALTER TABLE plain ALTER a SET STORAGE external; INSERT INTO plain SELECT id, a FROM extended;
            ALTER TABLE external ALTER a SET STORAGE main; INSERT INTO external SELECT id, a FROM lz4;
            UPDATE main SET pad = 'q' WHERE id % 3 = 0;

            """

    private func differences(_ relation: Relation, _ column: Column) async throws -> String {
        let size = try SizeExpression(column, of: relation)
        let name = try SQL.name(schema: relation.name.schema.bytes, name: relation.name.name.bytes)
        return try await TestDatabase.current.psql(
            """
            SELECT count(*) || ' ' || count(*) FILTER (WHERE \(size.size.text) IS DISTINCT FROM octet_length(\(size.column.text)::text))
              FROM \(name.text)
            """)
    }

    @Test func everyValueOfEveryStorageHasItsSize() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let profile = try await profileOfCurrent()
        #expect(profile.unmeasured == [])
        let isNewer = profile.server.version >= 170_000
        for table in profile.tables {
            let relation = table.relation
            #expect(relation.headers == (isNewer ? .content : .compression))
            let column = try #require(relation.columns.first { $0.family == .json })
            let kinds: [Relation.Headers] = isNewer ? [.compression, .place, .content] : [.compression]
            for kind in kinds {
                let found = try await differences(relation.showing(kind), column)
                #expect(
                    found.hasSuffix(" 0") && found != "0 0", "\(relation.name.losslessText) \(kind): \(found)"
                )
            }
        }
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 14)
        let isMixed = try await database.psql(
            """
            SELECT bool_or(pg_column_compression(a) IS NULL AND pg_column_size(a) > 8192)
                   AND bool_or(pg_column_compression(a) = 'pglz') FROM extended
            """)
        #expect(isMixed == "t")
    }

    /// A column that was added with a default: no row holds its value, whose header is always of four bytes.
    @Test func defaultsOfColumnsThatWereAddedHaveTheirSizes() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (id int); INSERT INTO t SELECT generate_series(1, 50);
            ALTER TABLE t ADD COLUMN short json DEFAULT '{"a":1}';
            ALTER TABLE t ADD COLUMN long json DEFAULT ('"' || repeat('x', 20000) || '"')::json;
            ALTER TABLE t ADD COLUMN middle json DEFAULT ('"' || repeat('x', 1998) || '"')::json;
            INSERT INTO t VALUES (51);
            """)
        let profile = try await profileOfCurrent()
        let table = try #require(profile.table("t"))
        #expect(table.relation.headers == (profile.server.version >= 170_000 ? .content : nil))
        for column in table.relation.columns {
            #expect(try await differences(table.relation, column) == "51 0")
        }
        #expect(table.measurement("long")?.largestSize == ByteCount(20_002))
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 3)
    }

    /// Of many columns small values go outside as well, and a column with a name of ours is not mistaken.
    @Test func smallValuesOutsideAndNamesLikeOurs() async throws {
        let database = try TestDatabase.current
        let names = ["a1", "a2", "a5", "z1", "h", "s", "t", "chunk_id", "chunk_data", "v0"]
        let columns = (names + (0..<40).map { "c\($0)" }).map { "\"\($0)\" json" }.joined(separator: ", ")
        try await database.psql(
            """
            CREATE TABLE h (\(columns));
            INSERT INTO h SELECT \(Array(repeating: "j", count: 50).joined(separator: ", "))
              FROM (SELECT ('"' || left(repeat(md5(i::text), 8), 80 + i) || '"')::json AS j FROM generate_series(1, 160) i) x;
            INSERT INTO h SELECT \(Array(repeating: "j", count: 50).joined(separator: ", "))
              FROM (SELECT ('"' || repeat(md5(i::text), 60 + i) || '"')::json AS j FROM generate_series(1, 20) i) x;
            """)
        let profile = try await profileOfCurrent()
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 50)
        let relation = try #require(profile.table("h")).relation
        for column in relation.columns.prefix(12) {
            #expect(try await differences(relation, column) == "180 0")
        }
    }

    /// Without the right to read TOAST tables the text of compressed values is made, and the sizes are the same.
    @Test func aPlainRoleGetsTheSameSizes() async throws {
        let database = try TestDatabase.current
        let role = "plain_\(database.name)"
        try await database.psql(
            Self.tables
                + "CREATE ROLE \(role) LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO \(role);")
        let profile = try await profileOfCurrent(user: role)
        #expect(profile.unmeasured == [])
        let expected: Relation.Headers = profile.server.version >= 170_000 ? .place : .compression
        #expect(Set(profile.tables.map(\.relation.headers)) == [expected])
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 14)
    }
}

extension Relation {
    /// The same relation of a server that shows other headers.
    fileprivate func showing(_ headers: Headers) -> Relation {
        Relation(
            oid: oid, name: name, kind: kind, root: root, blocks: blocks, toastBytes: toastBytes,
            estimatedRows: estimatedRows, fileNode: fileNode, accessMethod: accessMethod,
            isRowSecurityActive: isRowSecurityActive, isSelectable: isSelectable,
            replicaIdentity: replicaIdentity, keys: keys,
            columns: columns,
            headers: headers)
    }
}
