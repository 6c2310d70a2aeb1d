import EphemeralPostgreSQL
import Foundation
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// A fault is called by its name, and nothing of ours can be shadowed by the names of users.
@Suite(.timeLimit(.minutes(5))) struct FaultNameTests {
    /// The text of one value is larger than PostgreSQL can allocate: the others are measured, and nothing is damaged.
    @Test(.database) func aTextThatIsTooLargeIsNotDamage() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (id int PRIMARY KEY, a bytea[]); ALTER TABLE t ALTER a SET STORAGE EXTENDED;
            INSERT INTO t SELECT i, '{}' FROM generate_series(1, 500) i;
            INSERT INTO t SELECT 5001, ARRAY[convert_to(repeat('a', 550000000), 'UTF8')];
            """)
        let profile = try await profileOfCurrent()
        #expect(profile.unmeasured.map(\.reason) == [.tooLarge], "\(profile.unmeasured)")
        let sizes = try #require(profile.table("t")?.measurement("a")).distribution
        #expect(sizes.rows == 500 && sizes.largest?.bytes == 2)
    }

    /// A type whose output function ends the server: an internal function is given a number where it expects an address.
    @Test func aPieceThatEndsTheServerIsNotSentAgain() async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(
            """
            CREATE TYPE bad; CREATE FUNCTION bad_in(cstring) RETURNS bad LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
            CREATE FUNCTION bad_out(bad) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
            CREATE TYPE bad (INPUT = bad_in, OUTPUT = bad_out, LIKE = int4);
            CREATE TABLE poison (t text, b bad[]); INSERT INTO poison SELECT repeat('x', i), '{7}' FROM generate_series(1, 100) i;
            CHECKPOINT
            """)
        let profile = try await Survey(
            try Conninfo(cluster.conninfo()), options: SurveyOptions(plan: PlanOptions(method: .full))
        ).run()
        let listed = profile.unmeasured.filter { $0.reason == .crashed }
        #expect(
            Set(listed.map { $0.relation?.name.losslessText ?? "" }) == ["", "poison"],
            "\(profile.unmeasured)")
        #expect(listed.contains { $0.detail == "while it read public.poison, blocks 0 to 1" })
        let log = String(decoding: try Data(contentsOf: URL(filePath: cluster.logFile)), as: UTF8.self)
        let crashes = log.split(separator: "\n").count { $0.contains("was terminated by signal") }
        #expect((1...2).contains(crashes), "\(crashes) crashes")
        await cluster.stop()
    }

    /// Relations and columns with the name of every word in the SQL that is generated.
    @Test(.database) func noNameOfUsersMeetsOneOfOurs() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE seed (id int PRIMARY KEY, t text, j jsonb); INSERT INTO seed SELECT i, 'x' FROM generate_series(1, 2000) i
            """)
        var words: Set<String> = [
            "b", "block", "chunk", "first", "g", "held", "past", "r", "rows", "s", "sizes", "v",
        ]
        for method in [PlanOptions.Method.full, .sample] {
            let options = SurveyOptions(plan: PlanOptions(method: method))
            let preview = try Survey(try Conninfo(database.conninfo()), options: options).preview()
            for statement in preview.preamble + preview.statements.values.joined() {
                words.formUnion(
                    statement.lowercased().split {
                        !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_"))
                    }
                    .map(String.init).filter { $0.first?.isLetter == true })
            }
        }
        words.subtract(["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "seed", "id", "doc", "spot"])
        let names = words.sorted()
        #expect(names.count > 40 && words.contains("octet_length"))
        let columns = names.enumerated().map { "\"\($1)\" \($0 % 2 == 0 ? "text" : "json")" }
        let values = names.indices.map {
            $0 % 2 == 0 ? "repeat('x', i * 3)" : "('\"' || repeat('y', i) || '\"')::json"
        }
        var script =
            "CREATE TABLE every (\(columns.joined(separator: ", "))); "
            + "INSERT INTO every SELECT \(values.joined(separator: ", ")) FROM generate_series(1, 300) i;"
        for name in names {
            script +=
                "CREATE TABLE \"\(name)\" (id int PRIMARY KEY, \"\(name)\" text, spot tid, doc jsonb); "
                + "INSERT INTO \"\(name)\" SELECT i, repeat('x', i % 50), '(9,1)', to_jsonb(i) FROM generate_series(1, 700) i;"
        }
        try await database.psql(script + "ANALYZE;")
        for method in [PlanOptions.Method.full, .auto] {
            let profile = try await profileOfCurrent(method: method)
            #expect(profile.unmeasured == [])
            try await expectEqualsPlainSQL(
                profile, PlainSQL(database: database), atLeast: 3 * names.count)
        }
        let sampled = try await profileOfCurrent(method: .sample)
        #expect(sampled.unmeasured == [])
        #expect(sampled.tables.count { $0.measurement("doc") != nil } == names.count)
    }

    /// Tables with more columns than one statement can count at once.
    @Test(.database) func eightHundredColumnsAreMeasured() async throws {
        let database = try TestDatabase.current
        let columns = (1...800).map { "c\($0) text" }.joined(separator: ", ")
        let values = (1...800).map { "CASE WHEN i % 7 > 0 THEN left(x, (i * \($0)) % 7) END" }
        try await database.psql(
            """
            CREATE TABLE wide (\(columns));
            INSERT INTO wide SELECT \(values.joined(separator: ", ")) FROM generate_series(1, 100) i, repeat('x', 7) x;
            """)
        let profile = try await profileOfCurrent()
        #expect(profile.unmeasured == [])
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 800)
        #expect(profile.table("wide")?.reading?.certainty == .oneMoment)
    }
}
