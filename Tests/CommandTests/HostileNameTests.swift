import EphemeralPostgreSQL
import LOBAdvice
import TestSupport
import Testing

/// Names made to break quoting, terminals, tables and spreadsheets: right numbers, no injection, visible escapes.
@Suite(.database) struct HostileNameTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private static let names = [
        "a\"; SELECT public.pwn(); --", "t\"\u{301}, public.pwn() --", "'; SELECT public.pwn(); --",
        "$$||public.pwn()||$$", "line\nbreak", "return\rcarriage", "tab\tstop",
        "\u{1B}[31mred\u{1B}]0;title\u{7}",
        "\u{9B}31m", "del\u{7F}", "next\u{85}line", "bidi\u{202E}txt.exe", "isolate\u{2066}x\u{2069}",
        "zero\u{200B}width", "caf\u{E9}", "cafe\u{301}", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)",
        "|pipe|`code`",
        "<script>alert(1)</script>", "[link](http://x)", "per%cent", "under_score", "back\\slash",
        "../../etc/passwd",
        "MiXeD", "mixed", "漢字", "😀", " ", ".", "select", "\u{FEFF}bom", "a.b", "#1 @user", "{html}",
    ]

    private static func quoted(_ name: String) -> [UInt8] {
        let mark = UInt8(ascii: "\"")
        return [mark] + name.utf8.flatMap { $0 == mark ? [mark, mark] : [$0] } + [mark]
    }

    /// A table for each name, with a column of that name; value n is as long as its number times 100.
    private static var script: [UInt8] {
        var script = Array(
            """
            CREATE FUNCTION public.pwn() RETURNS int LANGUAGE plpgsql AS
            $f$ BEGIN RAISE EXCEPTION 'tripwire'; END $f$;\n
            """.utf8)
        for (index, name) in names.enumerated() {
            script += Array("CREATE TABLE ".utf8) + quoted(name)
            script += Array(" (id int PRIMARY KEY, ".utf8) + quoted(name) + Array(" text, j json);\n".utf8)
            script += Array("INSERT INTO ".utf8) + quoted(name)
            script += Array(" VALUES (1, repeat('v', \((index + 1) * 100)), '{}');\n".utf8)
        }
        return script + Array("CREATE SCHEMA \"s\u{202E}\n\"; CREATE TABLE \"s\u{202E}\n\".t (x text);".utf8)
    }

    @Test func numbersAreRightAndNoOutputHasAControlCharacter() async throws {
        let database = try TestDatabase.current
        try await database.psqlBytes(Self.script)
        let outcome = try await scratch.lobscope(
            "profile", database.conninfo(), "--out", "report", "--verbose")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        let report = try ReportJSON(try scratch.bytes("report/report.json"))
        #expect(report.unmeasured.isEmpty)
        for (index, name) in Self.names.enumerated() {
            let column = report.table(name)?.columns.first { $0.name.utf8.elementsEqual(name.utf8) }
            #expect(column?.largestBytes == (index + 1) * 100, "\(name.debugDescription)")
        }
        #expect(MappingValidator.violations(inFile: try scratch.bytes("report/table-mappings.json")) == [])

        let plan = try await scratch.lobscope("plan", "--sql", database.conninfo())
        let compare = try await scratch.lobscope("compare", "report", "report")
        let show = try await scratch.lobscope("snapshots", "show", "report")
        let json = try await scratch.shell("zstdcat report/*.zst")
        for run in [outcome, plan, compare, show, json] {
            #expect(run.status == 0)
            #expect(UnsafeBytes.found(in: run.stdout).isEmpty)
            #expect(UnsafeBytes.found(in: run.stderr).isEmpty)
        }
        for file in try scratch.names("report") where !file.hasSuffix(".zst") {
            #expect(UnsafeBytes.found(in: try scratch.bytes("report/" + file)).isEmpty, "\(file)")
        }
        // Each row of a Markdown table has as many cells as its heading.
        let cells = try scratch.text("report/lob-table.md").split(separator: "\n").map(Self.cells)
        #expect(cells.count == Self.names.count + 2 + 1)
        #expect(Set(cells).count == 1, "\(cells)")
    }

    /// Unescaped bars of a line.
    private static func cells(_ line: Substring) -> Int {
        var count = 0
        var isEscaped = false
        for byte in line.utf8 {
            if byte == UInt8(ascii: "|"), !isEscaped { count += 1 }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        return count
    }

    @Test(.needs("python3 --version")) func csvHasNoFormulaAndKeepsItsColumns() async throws {
        try await TestDatabase.current.psqlBytes(Self.script)
        let profile = try await scratch.lobscope(
            "profile", try TestDatabase.current.conninfo(), "--out", "report", "--quiet")
        #expect(profile.status == 0)
        #expect(profile.stderr.isEmpty)
        let outcome = try await scratch.shell(
            """
            python3 -c 'import csv
            rows = list(csv.reader(open("report/lob-table.csv", encoding="utf-8", newline="")))
            assert len({len(row) for row in rows}) == 1
            assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\\t\\r")]
            print(len(rows))'
            """)
        #expect(outcome.output == "\(Self.names.count + 2)\n", "\(outcome.errorOutput)")
    }

    @Test func hostileDatabaseNameStaysAName() async throws {
        let cluster = try await SharedCluster.process.cluster()
        let name = "host=evil \u{1B}[2J\u{202E}\n../x"
        try await cluster.createDatabase(name)
        let outcome = try await scratch.lobscope("profile", cluster.conninfo(database: name), "--verbose")
        try await cluster.dropDatabase(name)
        // It has no table.
        #expect(outcome.status == 3, "\(outcome.errorOutput)")
        let folder = try #require(try scratch.names("reports").first)
        #expect(folder.utf8.allSatisfy { FileNameBytes.isPlain($0) })
        #expect(UnsafeBytes.found(in: outcome.stdout + outcome.stderr).isEmpty)
        let report = try ReportJSON(try scratch.bytes("reports/\(folder)/report.json"))
        #expect(report.database.utf8.elementsEqual(name.utf8))
    }

    private enum FileNameBytes {
        static func isPlain(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"),
                UInt8(ascii: "."):
                true
            default: false
            }
        }
    }
}
