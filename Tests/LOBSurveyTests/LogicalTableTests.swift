import LOBAdvice
import LOBReports
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// A partitioned table is one table: its parts are read in one moment, those that come meanwhile are noticed.
@Suite(.database, .timeLimit(.minutes(3))) struct LogicalTableTests {
    private static let tables = """
        CREATE TABLE root (k int, t text) PARTITION BY RANGE (k);
        CREATE TABLE first PARTITION OF root FOR VALUES FROM (0) TO (10);
        CREATE TABLE second PARTITION OF root FOR VALUES FROM (10) TO (20);
        INSERT INTO root SELECT i % 20, repeat('x', i % 1500) FROM generate_series(1, 6000) i;
        CREATE TABLE standing (k int, t text); INSERT INTO standing SELECT 25, repeat('s', 7000) FROM generate_series(1, 300);
        CREATE TABLE elsewhere (k int, t text) PARTITION BY RANGE (k);
        CREATE TABLE wandering PARTITION OF elsewhere FOR VALUES FROM (20) TO (30);
        INSERT INTO wandering SELECT 25, repeat('w', 8000) FROM generate_series(1, 200);
        ANALYZE;
        """

    /// What is attached while the survey runs, the largest value that comes with it, and how many rows.
    @Test(
        arguments: [
            (
                "CREATE TABLE added PARTITION OF root FOR VALUES FROM (20) TO (30)", "added", 6543, 1,
                "INSERT INTO added VALUES (25, repeat('a', 6543))"
            ),
            (
                "ALTER TABLE root ATTACH PARTITION standing FOR VALUES FROM (20) TO (30)", "standing", 7000,
                300, "SELECT 1"
            ),
            (
                """
                DO $$ BEGIN ALTER TABLE elsewhere DETACH PARTITION wandering;
                  ALTER TABLE root ATTACH PARTITION wandering FOR VALUES FROM (20) TO (30); END $$
                """,
                "wandering", 8000, 200, "SELECT 1"
            ),
        ] as [(SQL, String, Int64, Int, SQL)])
    func aPartitionThatIsAttachedIsRead(
        statement: SQL, name: String, largest: Int64, rows: Int, second: SQL
    ) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let interference = Interference(
            database.conninfo(), on: .chunks(3), [statement, second])
        let profile = try await profileOfCurrent(chunkTime: .milliseconds(1)) { interference.hear($0) }
        #expect(interference.hasHappened)
        #expect(profile.unmeasured == [])
        let part = try #require(profile.table(name))
        #expect(part.measurement("t")?.largestSize == ByteCount(largest))
        #expect(part.rows == .init(count: rows, isExact: true))
        let parts = ["first", "second", name].compactMap { profile.table($0) }
        // All parts in one moment, under one name.
        #expect(Set(parts.map(\.relation.logicalName.name)) == [Identifier("root")])
        #expect(Set(parts.compactMap { $0.reading?.moment.takenAt }).count == 1)
        #expect(profile.tables.count { $0.relation.name.name == Identifier(name) } == 1)
        #expect(Account(profile)?.unexplained == 0)
    }

    /// A row that moves into another part while the parts are read is counted once, whichever part is read first.
    @Test(
        arguments: [
            "UPDATE root SET k = 15 WHERE k < 10", "UPDATE root SET k = 5 WHERE k >= 10",
        ] as [SQL]) func aRowThatMovesBetweenPartsIsCountedOnce(move: SQL) async throws
    {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let before = try await database.psql(
            "SELECT count(*) || ' ' || sum(octet_length(t)) || ' ' || max(octet_length(t)) FROM root")
        let interference = Interference(
            database.conninfo(), on: .chunks(4), [move])
        let profile = try await profileOfCurrent(jobs: 1, chunkTime: .microseconds(200)) {
            interference.hear($0)
        }
        #expect(interference.hasHappened)
        #expect(profile.unmeasured == [])
        let parts = ["first", "second"].compactMap { profile.table($0) }
        let sizes = parts.compactMap { $0.measurement("t")?.distribution }
        let found = (
            parts.map(\.rows.count).reduce(0, +), sizes.map(\.sum.bytes).reduce(0, +),
            sizes.compactMap { $0.largest?.bytes }.max() ?? -1
        )
        #expect("\(found.0) \(found.1) \(found.2)" == before)
        #expect(parts.allSatisfy { $0.reading?.certainty == .oneMoment && $0.rows.isExact })
    }

    /// A table that gets another column, or another type without being rewritten, is planned again: the account is of the moment in
    /// which it was read.
    @Test(
        arguments: [
            (["ALTER TABLE standing ADD extra text DEFAULT repeat('E', 50000)"], "standing", "extra", 50_000),
            (
                ["ALTER TABLE narrow ALTER v TYPE text", "UPDATE narrow SET v = repeat('V', 30000)"],
                "narrow", "v", 30_000
            ),
            (["ALTER TABLE plain ADD t text", "UPDATE plain SET t = repeat('T', 5100)"], "plain", "t", 5100),
        ] as [([SQL], String, String, Int64)])
    func aColumnThatComesOrChangesIsMeasured(
        statements: [SQL], name: String, column: String, largest: Int64
    ) async throws {
        let database = try TestDatabase.current
        try await database.psql(
            Self.tables
                + """
                CREATE TABLE narrow (id int, v varchar(50), t text); INSERT INTO narrow VALUES (1, 'v', 'b');
                CREATE TABLE plain (id int, n int); INSERT INTO plain VALUES (1, 2);
                """)
        let interference = Interference(database.conninfo(), on: .plan, statements)
        let profile = try await profileOfCurrent { interference.hear($0) }
        #expect(interference.hasHappened)
        #expect(profile.unmeasured == [])
        #expect(profile.table(name)?.measurement(column)?.largestSize == ByteCount(largest))
        let account = try #require(Account(profile))
        #expect(account.unexplained == 0)
        let columns = try await database.psql(
            "SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
                + "WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
        )
        #expect("\(account.columns)" == columns)
    }

    /// A partitioned table that had no partition to read when the catalog was read gets one.
    @Test(
        arguments: [
            (
                "CREATE TABLE added PARTITION OF bare FOR VALUES FROM (20) TO (30)",
                "INSERT INTO bare VALUES (25, repeat('a', 6543))", "added", 6543
            ),
            (
                "ALTER TABLE bare ATTACH PARTITION standing FOR VALUES FROM (20) TO (30)", "SELECT 1",
                "standing",
                7000
            ),
            (
                "CREATE TABLE added PARTITION OF halved_low FOR VALUES FROM (0) TO (5)",
                "INSERT INTO halved VALUES (2, repeat('h', 5432))", "added", 5432
            ),
        ] as [(SQL, SQL, String, Int64)])
    func aFirstPartitionIsRead(statement: SQL, second: SQL, name: String, largest: Int64) async throws {
        let database = try TestDatabase.current
        try await database.psql(
            Self.tables
                + """
                CREATE TABLE bare (k int, t text) PARTITION BY RANGE (k);
                CREATE TABLE halved (k int, t text) PARTITION BY RANGE (k);
                CREATE TABLE halved_low PARTITION OF halved FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (k);
                """)
        let interference = Interference(database.conninfo(), on: .chunks(2), [statement, second])
        let profile = try await profileOfCurrent(chunkTime: .milliseconds(1)) { interference.hear($0) }
        #expect(interference.hasHappened)
        #expect(profile.unmeasured == [])
        let part = try #require(profile.table(name))
        #expect(part.measurement("t")?.largestSize == ByteCount(largest))
        #expect(["bare", "halved"].map { Identifier($0) }.contains(part.relation.logicalName.name))
        #expect(profile.tables.count { $0.relation.name.name == Identifier(name) } == 1)
    }

    /// A partitioned table is never shown whole where a partition is out of scope.
    @Test(arguments: MigrationType.allCases, [true, false])
    func aPartitionOutOfScopeLeavesTheTableUnknown(type: MigrationType, isExcluded: Bool) async throws {
        let database = try TestDatabase.current
        try await database.psql(
            Self.tables
                + """
                CREATE SCHEMA other; ALTER TABLE second SET SCHEMA other;
                UPDATE root SET t = repeat('z', 90000) WHERE k = 15;
                """)
        let scope =
            isExcluded
            ? Scope(excludedTables: [try NamePattern("other.second")])
            : Scope(schemas: [try NamePattern("public")])
        let options = SurveyOptions(
            scope: scope, plan: PlanOptions(method: .full), policy: Policy(migrationType: type))
        let profile = try await Survey(try Conninfo(database.conninfo()), options: options).run()
        #expect(profile.unmeasured.map(\.subject) == ["other.second"])
        #expect(profile.unmeasured.map(\.reason) == [.outOfScope])
        #expect(!profile.isComplete)
        let recommendation = Recommender(profile).recommend()
        let root = try #require(recommendation.tables.first { $0.name.name == Identifier("root") })
        #expect(root.limit == nil && root.mode == .unlimited && root.risk == nil)
        #expect(root.leaves.map(\.name) == [Identifier("first")])
        let whole = try #require(recommendation.tables.first { $0.name.name == Identifier("elsewhere") })
        #expect(whole.limit != nil)
        let finding = try #require(
            recommendation.findings.first { $0.id == "partitioned-table" && $0.subject == "public.root" })
        #expect(finding.severity == .warning && finding.message.contains(#""other.second": out of scope"#))
    }
}
