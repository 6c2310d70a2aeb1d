import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// Top-level keys of large json and jsonb values: their spellings and sizes are those that plain SQL tells.
@Suite(.database) struct HeavyKeyTests {
    private static let named = PlanOptions(method: .full, jsonKeys: .named)

    private static func documents(_ profile: Profile, _ column: String) throws -> [LargeDocument] {
        let table = try #require(profile.table("t"))
        return try #require(table.measurement(column)?.largeDocuments)
    }

    @Test func nobodyLooksWhereNobodyAsked() async throws {
        try await TestDatabase.current.psql(
            "CREATE TABLE t (j jsonb); INSERT INTO t VALUES (jsonb_build_object('a', repeat('x', 5000)))")
        let profile = try await profileOfCurrent()
        #expect(profile.table("t")?.measurement("j")?.largest.count == 1)
        #expect(profile.table("t")?.measurement("j")?.largeDocuments == nil)
    }

    /// Of 11 keys each, the heaviest ten and what `j - keys` leaves of the text.
    private static let oracle = """
        SELECT string_agg(line, E'\\n' ORDER BY id, n) FROM (
          SELECT id, n, encode(convert_to(substr(k.s, 2, length(k.s) - 2), 'UTF8'), 'hex') || ' ' || k.b || ' '
                 || octet_length((j - array_agg(k.key) OVER (PARTITION BY id ORDER BY n))::text) AS line
            FROM t, LATERAL (SELECT e.key, to_json(e.key)::text AS s,
                                    octet_length(to_json(e.key)::text) + octet_length(e.value::text) AS b,
                                    row_number() OVER (ORDER BY octet_length(to_json(e.key)::text)
                                                              + octet_length(e.value::text) DESC) AS n
                               FROM jsonb_each(j) e) k WHERE n <= 10) x
        """

    @Test func hostileKeysOfJSONBAreExact() async throws {
        let database = try TestDatabase.current
        let names = HostileNames.utf8(55)
        // No two members of a value have the same size, and no two values.
        let members = names.enumerated().map { index, name -> String in
            let hex = name.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            return "(\(index / 11), \(index), '\(hex)')"
        }
        try await database.psql(
            """
            CREATE TABLE t AS SELECT id, jsonb_object_agg(convert_from(decode(h, 'hex'), 'UTF8'), repeat(E'\\\\"x', 400 + 90 * n)) AS j
              FROM (VALUES \(members.joined(separator: ", "))) v(id, n, h) GROUP BY id
            """)
        let profile = try await profileOfCurrent(plan: Self.named)
        #expect(profile.unmeasured == [] && profile.options.jsonKeys == .named)
        let documents = try Self.documents(profile, "j")
        try #require(documents.count == 5)
        #expect(
            documents.map(\.value) == Array(profile.table("t")?.measurement("j")?.largest.prefix(5) ?? []))
        // The larger ids have the larger values.
        let lines = documents.reversed().flatMap { document in
            document.heaviest.enumerated().map { number, key -> String in
                let hex = key.name.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                let rest = document.size(withoutHeaviest: number + 1, of: .jsonb)
                #expect(rest.provenance == .exact && !key.isCut && key.occurrences == 1)
                return "\(hex) \(key.size.bytes) \(rest.value ?? -1)"
            }
        }
        let expected = try await database.psql(Self.oracle)
        #expect(lines.joined(separator: "\n") == expected)
        #expect(documents.allSatisfy { if case .object(keys: 11, _) = $0.content { true } else { false } })
    }

    @Test func withoutAnyKeyAnObjectIsStillAnObject() async throws {
        try await TestDatabase.current.psql(
            """
            CREATE TABLE t (j jsonb, p json, d json); INSERT INTO t SELECT v::jsonb, v::jsonb::text::json, replace(v, ': ', ' :   ')::json
              FROM (SELECT '{"a": "' || repeat('x', 3000) || '", "b": [1, 2]}' AS v) x
            """)
        let profile = try await profileOfCurrent(plan: Self.named)
        let binary = try #require(try Self.documents(profile, "j").first)
        #expect(binary.size(withoutHeaviest: 2, of: .jsonb) == .exact(2))
        #expect(binary.size(withoutHeaviest: 1, of: .jsonb) == .exact(13))
        #expect(binary.size(withoutHeaviest: 3, of: .jsonb) == .notKnown)
        // What stays of json is `{"b": [1, 2]}` too, with white space that goes or stays.
        for column in ["p", "d"] {
            let text = try #require(try Self.documents(profile, column).first)
            let rest = text.size(withoutHeaviest: 1, of: .json)
            #expect(rest.provenance == .atMost && (13...30).contains(rest.value ?? 0), "\(rest)")
        }
    }

    /// Texts that json takes and that `json_each` refuses, spelled as they are.
    @Test func escapesThatNoTextCanHold() async throws {
        let database = try TestDatabase.current
        let keys = [
            #"\u0000"#, #"a\\u0000"#, #"\ud800"#, #"q\"1\\"#, #"\\\\"#, #"\\\""#, "", #"\u00e9\n"#, "0", "1",
            "~^",
        ]
        let members = keys.enumerated().map { index, key in
            "'\"\(key)\": \"\\u0000\\udfff\\\\' || repeat('v', \(9000 - 100 * index)) || '\"'"
        }
        try await database.psql(
            """
            CREATE TABLE t (j json); INSERT INTO t VALUES (('{' || \(members.joined(separator: " || ', ' || ")) || '}')::json)
            """)
        let profile = try await profileOfCurrent(plan: Self.named)
        #expect(profile.unmeasured == [])
        let document = try #require(try Self.documents(profile, "j").first)
        #expect(document.heaviest.map(\.name) == keys.prefix(10).map { Identifier($0) })
        #expect(
            document.heaviest.map(\.size.bytes)
                == keys.prefix(10).enumerated().map { index, key in
                    Int64(key.utf8.count + 2 + 16 + 9000 - 100 * index)
                })
    }

    @Test func keysThatOccurTwiceLongOnesAndOtherValues() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (j json, a jsonb, s json, m json);
            INSERT INTO t VALUES (
              ('{"d": "' || repeat('x', 2000) || '", "' || repeat('é', 200) || '": 1, "d": "' || repeat('y', 1000) || '"}')::json,
              (SELECT jsonb_agg(i) FROM generate_series(1, 1000) i), ('"' || repeat('x', 2000) || '"')::json,
              (E'{"\\x7f~^|@#$%\\\\u0000": "' || repeat('x', 2000) || '"}')::json)
            """)
        let profile = try await profileOfCurrent(plan: Self.named)
        let twice = try #require(try Self.documents(profile, "j").first)
        #expect(twice.heaviest.map(\.occurrences) == [2, 1])
        #expect(twice.heaviest.map(\.isCut) == [false, true])
        let sizes: [Int64] = [3010, 403]
        #expect(twice.heaviest.map(\.size.bytes) == sizes)
        #expect(twice.heaviest.last?.name == Identifier(String(repeating: "é", count: HeavyKey.longest)))
        #expect(try Self.documents(profile, "a").map(\.content) == [.array(elements: 1000)])
        #expect(try Self.documents(profile, "s").map(\.content) == [.scalar])
        // No character is left for its backslashes.
        #expect(try Self.documents(profile, "m").map(\.content) == [.notKnown(.failed)])
        #expect(profile.isComplete)
    }

    @Test func onlyAFewLargeValuesAreLookedAt() async throws {
        try await TestDatabase.current.psql(
            """
            CREATE TABLE t AS SELECT jsonb_build_object('k' || i, repeat('x', 300 * i)) AS j, json_build_object('k', 1) AS small
              FROM generate_series(1, 50) i
            """)
        let profile = try await profileOfCurrent(plan: Self.named)
        #expect(
            try Self.documents(profile, "j").map { $0.heaviest.map(\.name) }
                == (46...50).reversed().map { [Identifier("k\($0)")] })
        #expect(profile.table("t")?.measurement("small")?.largeDocuments == nil)
    }

    @Test func hashesAreMadeByTheServer() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            "CREATE TABLE t AS SELECT jsonb_build_object('payload', repeat('x', 5000), 'é', 1) AS j")
        let profile = try await profileOfCurrent(plan: PlanOptions(method: .full, jsonKeys: .hashed))
        let document = try #require(try Self.documents(profile, "j").first)
        let expected = try await database.psql(
            """
            SELECT string_agg(left(encode(sha256(convert_to(k, 'UTF8')), 'hex'), 12), ',') FROM unnest(ARRAY['payload', 'é']) k
            """)
        #expect(document.heaviest.map(\.name.losslessText).joined(separator: ",") == expected)
        #expect(document.heaviest.allSatisfy { !$0.isCut })
    }

    @Test(.database(encoding: "SQL_ASCII")) func keysThatAreNoUTF8() async throws {
        let database = try TestDatabase.current
        var script = Array("CREATE TABLE t (j json); INSERT INTO t VALUES (('{\"b".utf8)
        script.append(0xFF)
        script += Array("\": \"' || repeat('x', 3000) || '\"}')::json)".utf8)
        try await database.psqlBytes(script, clientEncoding: "SQL_ASCII")
        let document = try #require(
            try Self.documents(try await profileOfCurrent(plan: Self.named), "j").first)
        #expect(document.heaviest.map(\.name) == [Identifier(bytes: [0x62, 0xFF])])
        #expect(document.heaviest.map(\.size.bytes) == [4 + 3002])
    }

    @Test(.database(encoding: "LATIN1")) func sizesAreThoseOfTheServersEncoding() async throws {
        try await TestDatabase.current.psql(
            """
            CREATE TABLE t AS SELECT jsonb_build_object('clé', repeat('é', 3000)) AS j, ('{"\\u20ac": "' || repeat('é', 3000) || '"}')::json AS p
            """)
        let profile = try await profileOfCurrent(plan: Self.named)
        #expect(try Self.documents(profile, "j").first?.heaviest.map(\.name) == [Identifier("clé")])
        #expect(try Self.documents(profile, "j").first?.heaviest.map(\.size.bytes) == [5 + 3002])
        // The server has no euro sign.
        #expect(try Self.documents(profile, "p").first?.heaviest.map(\.name) == [Identifier(#"\u20ac"#)])
    }

    @Test func aDatabaseWithOtherSettingsAndDomains() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            ALTER DATABASE \(database.name) SET standard_conforming_strings = off; SET standard_conforming_strings = on;
            CREATE DOMAIN doc AS jsonb CHECK (VALUE IS NOT NULL); CREATE TABLE t ("v.j ""x" doc, body text);
            INSERT INTO t VALUES (jsonb_build_object(E'a\\\\"', repeat('x', 3000)), 'b');
            """)
        let survey = Survey(
            try Conninfo(database.conninfo()),
            options: SurveyOptions(plan: Self.named, isConsistent: true))
        let profile = try await survey.run()
        let document = try #require(try Self.documents(profile, "v.j \"x").first)
        #expect(document.heaviest.map(\.name) == [Identifier(#"a\\\""#)])
    }

    @Test func planShowsTheStatementAndTheServerTakesIt() async throws {
        let database = try TestDatabase.current
        try await database.psql("CREATE TABLE t (j json, b jsonb, x text); INSERT INTO t VALUES ('{}')")
        for names in JSONKeyNames.allCases {
            let survey = Survey(
                try Conninfo(database.conninfo()),
                options: SurveyOptions(plan: PlanOptions(method: .full, jsonKeys: names)))
            let statements = try #require(try survey.preview().statements.values.first)
            let ours = statements.filter { $0.contains("json_each") }
            #expect(ours.count == 2)
            for statement in ours { #expect(try await database.psql(statement) == "") }
        }
        let without = Survey(try Conninfo(database.conninfo()), options: SurveyOptions())
        #expect(try !without.preview().statements.values.joined().contains { $0.contains("json_each") })
    }
}
