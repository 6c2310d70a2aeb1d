import LOBAdvice
import LOBReports
import LOBSurvey
import PostgreSQLClient
import Synchronization
import TestSupport
import Testing

/// What an owner plants at a table after the catalog was read is found before the table is read again.
@Suite(.database, .timeLimit(.minutes(3))) struct PlantedCodeTests {
    private static func tables(_ tripwire: Tripwire, _ tenant: String) -> String {
        """
        CREATE ROLE \(tenant); GRANT ALL ON SCHEMA public TO \(tenant); SET ROLE \(tenant);
        CREATE FUNCTION evil(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS \(tripwire.body("1"));
        CREATE FUNCTION evil_bool(int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS \(tripwire.body("true"));
        CREATE TABLE victim (id int, k int, t text, o oid); CREATE TABLE other (id int, t text);
        INSERT INTO victim SELECT i, i, repeat('x', i % 1500), i FROM generate_series(1, 9000) i;
        INSERT INTO other SELECT i, repeat('x', i % 1500) FROM generate_series(1, 3000) i;
        CREATE TABLE parent (t text); CREATE TABLE child () INHERITS (parent);
        INSERT INTO parent SELECT 'x' FROM generate_series(1, 3000);
        INSERT INTO child SELECT repeat('c', 300) FROM generate_series(1, 300);
        RESET ROLE; SELECT lo_create(77); ANALYZE; DELETE FROM parent WHERE tableoid = 'parent'::regclass;
        """
    }

    struct Plant: Sendable, CustomTestStringConvertible {
        let table: String
        let statement: SQL
        let place: String
        var testDescription: String { statement.text }
    }

    private static let plants = [
        Plant(
            table: "victim", statement: "CREATE INDEX planted ON victim ((id + evil(1)))",
            place: "index planted"),
        Plant(
            table: "victim", statement: "CREATE INDEX planted ON victim (id) WHERE evil_bool(1)",
            place: "index planted"),
        Plant(
            table: "victim", statement: "CREATE STATISTICS planted ON (id + evil(1)), k FROM victim",
            place: "statistics planted"),
        // Whether the emptied parent hides rows is asked without ONLY.
        Plant(
            table: "child", statement: "CREATE INDEX planted ON child ((length(t) + evil(1)))",
            place: "index planted"
        ),
    ]

    /// Runs a survey during which something is planted; returns how often code of the owner ran from then on.
    private static func profile(
        _ statements: [SQL], on moment: Interference.Moment, _ tripwire: Tripwire, user: String = "postgres",
        method: PlanOptions.Method = .full
    ) async throws -> (profile: Profile, executions: Int) {
        let interference = Interference(try TestDatabase.current.conninfo(), on: moment, statements)
        let before = Mutex<Int?>(nil)
        // One worker: the owner's own statement runs the code too, and is not to be counted.
        let profile = try await profileOfCurrent(
            user: user, method: method, jobs: 1, chunkTime: .microseconds(300)
        ) { event in
            interference.hear(event)
            guard interference.hasHappened else { return }
            before.withLock { $0 = $0 ?? tripwire.executions() }
        }
        #expect(interference.hasHappened)
        return (profile, tripwire.executions() - (before.withLock(\.self) ?? 0))
    }

    @Test(arguments: plants, [Interference.Moment.plan, .chunks(5)])
    func aSuperuserRunsNoneOfIt(plant: Plant, moment: Interference.Moment) async throws {
        let database = try TestDatabase.current
        let (tripwire, tenant) = (Tripwire(in: database), "tenant_\(database.name)")
        try await database.psql(Self.tables(tripwire, tenant))
        let (profile, executions) = try await Self.profile([plant.statement], on: moment, tripwire)
        #expect(executions == 0)
        let listed = profile.unmeasured.filter { $0.relation?.name == Identifier(plant.table) }
        #expect(listed.map(\.reason) == [.foreignCode] && profile.unmeasured == listed)
        #expect(
            listed.allSatisfy {
                $0.detail?.contains("of \"\(tenant)\" in \(plant.place); the role is a superuser") == true
            })
        #expect(profile.table(plant.table)?.measurement("t") == nil)
        #expect(profile.table("other")?.measurement("t")?.largestSize == ByteCount(1499))
        if plant.table == "victim" {
            let references = try #require(profile.largeObjects?.references)
            #expect(references.unchecked.map(\.reason) == [.foreignCode] && references.orphans == nil)
        }
        let seen = tripwire.executions()
        try await database.psql("SELECT count(t) FROM \(plant.table) WHERE ctid >= '(0,0)'")
        #expect(tripwire.executions() > seen, "the planner runs it")
    }

    @Test func aSampleRunsNoneOfItEither() async throws {
        let database = try TestDatabase.current
        let tripwire = Tripwire(in: database)
        try await database.psql(Self.tables(tripwire, "tenant_\(database.name)"))
        let (profile, executions) = try await Self.profile(
            [Self.plants[0].statement], on: .plan, tripwire, method: .sample)
        #expect(executions == 0)
        #expect(profile.unmeasured.map(\.reason).contains(.foreignCode))
    }

    /// What is harmless, of whomever it is, costs nothing.
    @Test func whatIsHarmlessIsRead() async throws {
        let database = try TestDatabase.current
        let tripwire = Tripwire(in: database)
        try await database.psql(Self.tables(tripwire, "tenant_\(database.name)"))
        let (profile, executions) = try await Self.profile(
            [
                "CREATE INDEX ON victim ((id + 1))", "CREATE INDEX ON other (lower(t)) WHERE id > 3",
                "CREATE STATISTICS harmless ON (id + 1), k FROM victim",
                "ALTER TABLE victim ADD CHECK (id > evil(1) - 1)", "CREATE INDEX ON child (length(t))",
            ], on: .chunks(5), tripwire)
        #expect(profile.unmeasured == [])
        #expect(executions == 0)
        #expect(profile.table("victim")?.rows == .init(count: 9000, isExact: true))
        #expect(profile.table("parent")?.rows == .init(count: 0, isExact: true))
    }

    /// Who may only read reads on, and is told; also of what came at the very end.
    @Test(arguments: [Interference.Moment.plan, .chunks(5)])
    func aRoleThatMayOnlyReadIsTold(moment: Interference.Moment) async throws {
        let database = try TestDatabase.current
        let (tripwire, tenant) = (Tripwire(in: database), "tenant_\(database.name)")
        try await database.psql(
            Self.tables(tripwire, tenant)
                + "CREATE ROLE reader_\(database.name) LOGIN IN ROLE pg_read_all_data, pg_monitor;")
        let (profile, _) = try await Self.profile(
            [Self.plants[0].statement], on: moment, tripwire, user: "reader_\(database.name)")
        #expect(profile.unmeasured == [])
        let notes = Recommender(profile).recommend().findings.filter {
            $0.id == FindingID.codeOfOwner.rawValue
        }
        #expect(notes.map(\.subject) == ["public.victim"])
        #expect(
            notes.allSatisfy { $0.message.contains("the role may only read") && $0.message.contains(tenant) })
    }

    /// Rows above a limit are looked for in the same way.
    @Test func aPatchRunsNoneOfIt() async throws {
        let database = try TestDatabase.current
        let tripwire = Tripwire(in: database)
        try await database.psql(Self.tables(tripwire, "tenant_\(database.name)"))
        let profile = try await profileOfCurrent()
        let table = try #require(profile.table("victim"))
        let column = try #require(table.relation.columns.first { $0.name == Identifier("t") })
        let wish = PatchWish(
            name: table.relation.name, limit: Kibibytes(1),
            columns: [.init(column: column, largestFitting: ByteCount(1024))])
        let interference = Interference(database.conninfo(), on: .plan, [Self.plants[0].statement])
        let before = Mutex(0)
        #expect(throws: PatchError.self) {
            try PatchSurvey(try Conninfo(database.conninfo()), profile: profile, mostRows: 10_000).run([wish])
            { _ in
                interference.run()
                before.withLock { $0 = tripwire.executions() }
            }
        }
        #expect(tripwire.executions() == before.withLock(\.self))
    }
}
