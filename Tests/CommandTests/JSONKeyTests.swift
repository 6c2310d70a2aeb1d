import TestSupport
import Testing

/// `--json-keys` from the command line: nothing without it, keys with it, hashes where they are redacted.
@Suite(.database) struct JSONKeyTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private func plant() async throws -> TestDatabase {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE doc (id int PRIMARY KEY, body jsonb); ALTER TABLE doc ALTER body SET STORAGE external;
            INSERT INTO doc SELECT i, jsonb_build_object('title', 'short') FROM generate_series(1, 2000) i;
            INSERT INTO doc VALUES (0, jsonb_build_object('title', 'short', 'embedded_scan', repeat('value of a row', 20000)));
            """)
        return database
    }

    @Test func keysAreToldOnlyWhereTheyWereAskedFor() async throws {
        let database = try await plant()
        for (flags, isNamed, isTold) in [
            ([], false, false), (["--json-keys"], true, true),
            (["--json-keys", "--redact-keys"], false, true),
        ] as [([String], Bool, Bool)] {
            let folder = "out\(flags.count)"
            let run = try await scratch.lobscope(["profile", database.conninfo(), "--out", folder] + flags)
            #expect(run.status == 0, "\(run.errorOutput)")
            for file in ["report.md", "report.html", "report.json"] {
                let text = String(decoding: try scratch.bytes("\(folder)/\(file)"), as: UTF8.self)
                #expect(text.contains("embedded_scan") == isNamed, "\(file) of \(flags)")
                #expect(
                    text.contains("67705e8b954d") == (isTold && !isNamed) || isNamed, "\(file) of \(flags)")
                #expect(!text.contains("value of a row"), "\(file) of \(flags)")
            }
            let report = String(decoding: try scratch.bytes("\(folder)/report.md"), as: UTF8.self)
            #expect(report.contains("## Heavy JSON keys") == isTold)
            #expect(report.contains("were read too") == isTold)
            // The story of the one value that makes the table unlimited names its key.
            #expect(report.contains("In the largest json value") == isTold)
        }
    }

    @Test func redactingAloneIsAMistake() async throws {
        let run = try await scratch.lobscope("profile", "dbname=x", "--redact-keys")
        #expect(run.status == 64)
        #expect(run.errorOutput.contains("--redact-keys goes with --json-keys only"))
    }
}
