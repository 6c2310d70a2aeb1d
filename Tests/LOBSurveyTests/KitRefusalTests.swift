import EphemeralPostgreSQL
import LOBAdvice
import LOBSurvey
import TestSupport
import Testing

/// The offline kit refuses what is not safe or not whole.
@Suite(.database) struct KitRefusalTests {
    private static func replacing(_ old: String, _ new: String, in script: [UInt8]) -> [UInt8] {
        Array(String(decoding: script, as: UTF8.self).replacing(old, with: new).utf8)
    }

    private static let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"

    /// Without a transaction that is read-only it reads nothing.
    @Test(arguments: [
        ("", "could write"), ("BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE;", "could write"),
        ("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;", "several moments"),
    ]) func itRefusesToRunWhereItCouldWrite(instead: String, message: String) async throws {
        try await TestDatabase.current.psql("CREATE TABLE t (v text); INSERT INTO t VALUES ('x')")
        let error = await #expect(throws: ClusterError.self) {
            _ = try await kitAnswers { Self.replacing(Self.begin, instead, in: $0) }
        }
        let text = "\(try #require(error))"
        #expect(text.contains(message), "\(text)")
    }

    /// Nothing in it asks for more than to read.
    @Test func itLeavesNoTrace() async throws {
        let database = try TestDatabase.current
        try await database.psql("CREATE TABLE t (v text); INSERT INTO t VALUES ('x')")
        let state = "SELECT pg_current_xact_id_if_assigned() IS NULL, (SELECT count(*) FROM pg_class)"
        let before = try await database.psql(state)
        _ = try await kitAnswers()
        #expect(try await database.psql(state) == before)
        let script = String(decoding: try KitScript().bytes, as: UTF8.self)
        let writing = /^\s*(COMMIT|CREATE|INSERT|UPDATE|DELETE|LOCK|ALTER|DROP|GRANT|DO|CALL|COPY)\b/
            .anchorsMatchLineEndings()
        #expect(script.matches(of: writing).isEmpty)
        #expect(script.contains("\nROLLBACK;"))
    }

    @Test func aTableThatFailsCostsItself() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE good (v text); INSERT INTO good VALUES ('abc');
            CREATE TABLE bad (v text); INSERT INTO bad VALUES ('abc');
            """)
        // As if the statement of one table were refused.
        let answers = try await kitAnswers {
            Self.replacing(
                "|| w.sizes", "|| CASE WHEN r.name LIKE '%bad%' THEN '1 / 0, ' ELSE '' END || w.sizes", in: $0
            )
        }
        let profile = try KitImport(answers).profile()
        #expect(profile.table("good")?.measurement("v")?.distribution.rows == 1)
        let bad = RelationName(schema: Identifier("public"), name: Identifier("bad"))
        #expect(profile.unmeasured == [Unmeasured(relation: bad, reason: .noAnswer)])
    }

    @Test func answersThatAreNotWholeAreRefused() async throws {
        try await TestDatabase.current.psql(
            "CREATE TABLE t (v text); INSERT INTO t SELECT repeat('x', i) FROM generate_series(1, 20) i")
        let answers = try await kitAnswers()
        let lines = answers.split(separator: 10)
        let joined = { (lines: [ArraySlice<UInt8>]) in Array(lines.joined(separator: [10])) }
        #expect(throws: KitError.truncated) { try KitImport(joined(Array(lines.dropLast()))) }
        #expect(throws: KitError.truncated) { try KitImport(Array(answers.prefix(lines[0].count + 1))) }
        var holed = lines
        holed.remove(at: lines.count / 2)
        #expect(throws: KitError.incomplete(lines: lines.count - 2, announced: lines.count - 1)) {
            try KitImport(joined(holed))
        }
        #expect(throws: KitError.notAnswers) { try KitImport([]) }
        #expect(throws: KitError.notAnswers) { try KitImport(Array("lobscope\n".utf8)) }
        #expect(throws: KitError.notAnswers) { try KitImport(joined(Array(lines.dropFirst()))) }
        #expect(throws: KitError.unknownFormat(7)) {
            try KitImport(Self.replacing("{\"kit\" : {\"f1\":1,", "{\"kit\" : {\"f1\":7,", in: answers))
        }
        #expect(throws: KitError.self) { try KitImport(Array(answers.prefix(answers.count - 9))) }
        #expect(throws: KitError.self) {
            try KitImport(Self.replacing("\"counts\" : [1,", "\"counts\" : [2,", in: answers))
        }
        #expect(throws: KitError.self) { try KitImport(answers + Array("{\"x\":{}}\n".utf8)) }
        // As psql on Windows ends its lines.
        #expect(
            try KitImport(Self.replacing("\n", "\r\n", in: answers)).profile().tables
                == KitImport(answers).profile().tables)
    }

    /// Every number of a file may be any number, and the reader of one goes on, or refuses it.
    @Test func absurdNumbersEndNothing() async throws {
        try await TestDatabase.current.psql(
            "CREATE TABLE t (v text, n numeric); INSERT INTO t SELECT repeat('x', i), i FROM generate_series(1, 20) i"
        )
        let answers = String(decoding: try await kitAnswers(), as: UTF8.self)
        var (refused, seen): (Int, Set<Substring>) = (0, [])
        for line in answers.split(separator: "\n") where seen.insert(line.prefix { $0 != ":" }).inserted {
            for number in line.matches(of: /[:\[,] ?(-?\d+)(?=[,}\]])/).prefix(24) {
                for instead in ["-1", "9223372036854775807", "-9223372036854775808"] {
                    var changed = answers
                    changed.replaceSubrange(number.1.startIndex..<number.1.endIndex, with: instead)
                    do throws(KitError) { _ = try KitImport(Array(changed.utf8)).profile() } catch {
                        refused += 1
                    }
                }
            }
        }
        #expect(refused > 50 && seen.count > 10)
    }

    /// What the server took a column for has to be what it is.
    @Test func aColumnThatWasTakenForAnotherIsNotMeasured() async throws {
        try await TestDatabase.current.psql(
            "CREATE TABLE t (v text, w bytea); INSERT INTO t VALUES ('x', 'y')")
        let answers = Self.replacing(
            "\"family\" : \"bytea\"", "\"family\" : \"text\"", in: try await kitAnswers())
        let profile = try KitImport(answers).profile()
        let t = RelationName(schema: Identifier("public"), name: Identifier("t"))
        #expect(
            profile.unmeasured == [
                Unmeasured(relation: t, column: Identifier("w"), reason: .noAnswer)
            ])
    }

    @Test(.database(encoding: "SQL_ASCII")) func namesWithoutAnEncodingAreRefused() async throws {
        let error = await #expect(throws: ClusterError.self) { _ = try await kitAnswers() }
        let text = "\(try #require(error))"
        #expect(text.contains("SQL_ASCII"), "\(text)")
    }

    @Test(.database(encoding: "LATIN1")) func namesInLATIN1EqualTheDirectProfile() async throws {
        let names = HostileNames.ascii + (UInt8(0xA1)...0xFF).map { Array("n\(UnicodeScalar($0))\"".utf8) }
        try await HostileNames.createTables(names, in: try TestDatabase.current)
        let kit = try await expectKitEqualsDirect()
        #expect(kit.tables.count == names.count)
    }
}
