import LOBAdvice
import LOBReports
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// Foreign tables are measured where that was asked for, and what another server refuses costs only its table.
@Suite(.database, .timeLimit(.minutes(2))) struct ForeignTableTests {
    private static func name(_ name: String) -> RelationName {
        RelationName(schema: Identifier("public"), name: Identifier(name))
    }

    /// Another schema of the same database, seen through a connection of postgres_fdw.
    private func loopback() async throws -> TestDatabase {
        let database = try TestDatabase.current
        let options = database.conninfo().split(separator: " ").compactMap { part -> String? in
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2, ["host", "port", "dbname"].contains(pair[0]) else { return nil }
            return "\(pair[0]) \(pair[1].first == "'" ? pair[1] : "'\(pair[1])'")"
        }
        try await database.psql(
            """
            CREATE EXTENSION postgres_fdw; CREATE SCHEMA far;
            CREATE TABLE far.near (id int, t text, b bytea, j json, d jsonb, v varchar);
            INSERT INTO far.near SELECT i, repeat('x', i * 7), NULLIF(decode(repeat('ab', i % 90), 'hex'), ''),
                ('"' || repeat('y', i * 11) || '"')::json, jsonb_build_array(i, repeat('z', i % 40)),
                NULLIF(repeat('v', i % 60), '')
              FROM generate_series(1, 3000) i;
            CREATE SERVER loop FOREIGN DATA WRAPPER postgres_fdw OPTIONS (\(options.joined(separator: ", ")));
            CREATE USER MAPPING FOR postgres SERVER loop OPTIONS (user 'postgres');
            CREATE SERVER gone FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '/nonexistent', port '1', dbname 'x');
            CREATE USER MAPPING FOR postgres SERVER gone OPTIONS (user 'postgres');
            CREATE FOREIGN TABLE seen (id int, t text, b bytea, j json, d jsonb, v varchar) SERVER loop OPTIONS (schema_name 'far', table_name 'near');
            CREATE FOREIGN TABLE unreachable (t text) SERVER gone;
            CREATE FOREIGN TABLE missing (t text) SERVER loop OPTIONS (schema_name 'far', table_name 'nothing');
            CREATE TABLE own (t text); INSERT INTO own SELECT repeat('o', i) FROM generate_series(1, 99) i;
            """)
        return database
    }

    @Test func foreignTablesAreMeasuredWhereThatIsAskedFor() async throws {
        let database = try await loopback()
        let profile = try await profileOfCurrent(plan: PlanOptions(method: .auto, foreignTables: true))
        let seen = try #require(profile.table("seen"))
        let oracle = PlainSQL(database: database)
        for name in ["t", "b", "j", "d", "v"] {
            let measurement = try #require(seen.measurement(name))
            let column = try #require(seen.relation.columns.first { $0.name == Identifier(name) })
            let expected = try await oracle.sizes(
                of: RelationName(schema: Identifier("far"), name: Identifier("near")), [column])
            #expect([PlainSQL.figures(measurement)] == expected)
        }
        #expect(seen.rows == .init(count: 3000, isExact: true))
        #expect(seen.relation.kind == .foreignTable)
        #expect(
            Set(profile.unmeasured.compactMap(\.relation)) == [
                Self.name("missing"), Self.name("unreachable"),
            ])
        #expect(profile.table("own")?.measurement("t")?.distribution.rows == 99)
    }

    /// A value that the column's type here does not take is no damage; a column that is not there is the other server's word.
    @Test func whatAnotherServerAnswersIsCalledByItsName() async throws {
        let database = try await loopback()
        try await database.psql(
            """
            CREATE TABLE far.texts (id int, j text); INSERT INTO far.texts VALUES (1, '{}'), (2, 'not json');
            CREATE FOREIGN TABLE bad (id int, j json) SERVER loop OPTIONS (schema_name 'far', table_name 'texts');
            CREATE FOREIGN TABLE lacking (id int, absent text) SERVER loop OPTIONS (schema_name 'far', table_name 'texts');
            """)
        let profile = try await profileOfCurrent(plan: PlanOptions(method: .full, foreignTables: true))
        let reasons = Dictionary(
            profile.unmeasured.map { ($0.relation ?? Self.name(""), $0.reason) }, uniquingKeysWith: { $1 })
        #expect(reasons[Self.name("bad")] == .textFailed, "\(profile.unmeasured)")
        #expect(reasons[Self.name("lacking")] == .foreignServer)
        #expect(reasons[Self.name("missing")] == .foreignServer)
    }

    /// The other server counts: values of text, bytea and varchar do not travel.
    @Test func theOtherServerCountsSizes() async throws {
        let database = try await loopback()
        let survey = Survey(
            try Conninfo(database.conninfo()),
            options: SurveyOptions(
                scope: Scope(tables: [try NamePattern("seen")]), plan: PlanOptions(foreignTables: true)))
        let preview = try survey.preview()
        let oid = try #require(preview.plan.tables.first).relation.oid
        let statement = try #require(preview.statements[oid]?.first)
        #expect(statement.contains("GROUP BY 1, 2, 3, 4, 5"))
        try await database.psql("ALTER FOREIGN TABLE seen DROP COLUMN j, DROP COLUMN d")
        let query = try #require(
            try survey.preview().statements[oid]?.first?.split(separator: "(", maxSplits: 1).last)
        let inner = query.prefix(upTo: try #require(query.firstRange(of: ") TO STDOUT")).lowerBound)
        let explained = try await database.psql("EXPLAIN (VERBOSE, COSTS OFF) \(inner)")
        #expect(explained.contains("Relations: Aggregate on"), "\(explained)")
        #expect(
            explained.contains("octet_length(t), octet_length(b), octet_length(v)")
                && explained.contains("GROUP BY"), "\(explained)")
    }

    /// Nothing of what was planned is missing, and no size of theirs is told.
    @Test func withoutBeingAskedForTheyAreListedAndNotRead() async throws {
        let database = try await loopback()
        let preview = try Survey(try Conninfo(database.conninfo()), options: SurveyOptions()).preview()
        let profile = try await profileOfCurrent()
        let names = ["missing", "seen", "unreachable"].map(Self.name)
        #expect(preview.plan.leftOut.map(\.relation) == names)
        #expect(preview.plan.tables.map(\.relation.name.name) == [Identifier("near"), Identifier("own")])
        #expect(profile.isComplete)
        #expect(profile.leftOut == names.map { Unmeasured(relation: $0, reason: .foreignTable) })
        let foreign = profile.tables.filter { $0.relation.kind == .foreignTable }
        #expect(foreign.map(\.relation.name) == names)
        #expect(foreign.allSatisfy { $0.columns.allSatisfy { $0.measurement == nil } })
        let recommendation = Recommender(profile).recommend()
        #expect(recommendation.tables.filter { !$0.isMigrated }.map(\.name) == names)
        #expect(recommendation.tables.flatMap(\.leaves).allSatisfy { !names.contains($0) })
        let findings = recommendation.findings.filter { $0.id == FindingID.foreignTable.rawValue }
        #expect(findings.count == 3 && findings.allSatisfy { $0.remedy.contains("--foreign-tables") })
    }

    /// A table of another access method has no blocks to read by; the handler is that of heap, by another name.
    @Test(arguments: [PlanOptions.Method.auto, .full, .sample])
    func tablesOfAnotherAccessMethodAreReadAsAWhole(method: PlanOptions.Method) async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE ACCESS METHOD other TYPE TABLE HANDLER heap_tableam_handler;
            CREATE TABLE t (t text, j json) USING other;
            INSERT INTO t SELECT repeat('x', i), ('"' || repeat('y', i * 5) || '"')::json FROM generate_series(1, 2000) i; ANALYZE;
            """)
        let profile = try await profileOfCurrent(method: method)
        let table = try #require(profile.table("t"))
        #expect(table.relation.accessMethod == Identifier("other"))
        #expect(table.measurement("t")?.method == .full && table.measurement("t")?.largest == [])
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 2)
        try await database.psql("DROP TABLE t; DROP ACCESS METHOD other")
    }
}
