import TestSupport
import Testing

/// Databases that are not in UTF-8: sizes are bytes as the server stores them, names are readable or shown in hex.
@Suite struct EncodingTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    /// Profiles a table that is called `name` in UTF-8 and returns what the report says of its note.
    private func note(_ name: String, value: String) async throws -> ReportJSON.Column? {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE "\(name)" (id int PRIMARY KEY, note text, data json);
            INSERT INTO "\(name)" SELECT i, repeat('\(value)', i), '{"k": "\(value)"}' FROM generate_series(1, 300) i
            """)
        let outcome = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        #expect(outcome.output.contains(name))
        #expect(UnsafeBytes.found(in: outcome.stdout).isEmpty)
        let table = try ReportJSON(try scratch.bytes("report/report.json")).table(name)
        let data = table?.columns.first { $0.name == "data" }
        let size = try await database.psql("SELECT max(octet_length(data::text)) FROM \"\(name)\"")
        #expect("\(data?.largestBytes ?? -1)" == size)
        return table?.columns.first { $0.name == "note" }
    }

    @Test(.database(encoding: "LATIN1")) func latin1CountsOneByteForACharacter() async throws {
        let note = try await note("café", value: "é")
        #expect(note?.largestBytes == 300)
        // As UTF-8 such a value may take up to three bytes for one.
        #expect(note?.limitKiB == 1)
    }

    @Test(.database(encoding: "EUC_JP")) func eucJPCountsTwoBytesForACharacter() async throws {
        #expect(try await note("漢字", value: "漢").map(\.largestBytes) == 600)
    }

    @Test(.database(encoding: "SQL_ASCII")) func namesThatAreNoTextAreShownInHex() async throws {
        let database = try TestDatabase.current
        let name: [UInt8] = [0x62, 0xFF, 0x64]
        let quote: [UInt8] = [UInt8(ascii: "\"")]
        var script = Array("CREATE TABLE ".utf8) + quote + name + quote
        script += Array(" (id int PRIMARY KEY, note text); INSERT INTO ".utf8) + quote + name + quote
        script += Array(" VALUES (1, '".utf8) + [0xFF, 0xFE, 0x80] + Array("');".utf8)
        script += Array(
            "CREATE TABLE plain (id int PRIMARY KEY, note text); INSERT INTO plain VALUES (1, 'abcd')".utf8)
        try await database.psqlBytes(script, clientEncoding: "SQL_ASCII")
        let outcome = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        let report = try scratch.text("report/report.json")
        #expect(report.contains("\"62ff64\""))
        let tables = try ReportJSON(Array(report.utf8)).tables
        #expect(tables.map { $0.columns.first?.largestBytes }.sorted { ($0 ?? 0) < ($1 ?? 0) } == [3, 4])
        for file in try scratch.names("report") where !file.hasSuffix(".zst") {
            let bytes = try scratch.bytes("report/" + file)
            #expect(String(validating: bytes, as: UTF8.self) != nil, "\(file)")
        }
        #expect(String(validating: outcome.stdout, as: UTF8.self) != nil)
    }
}
