import TestSupport
import Testing

/// Results on standard output or an error, progress on standard error, and nothing in the wrong place.
@Suite(.database) struct StreamTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private func profile() async throws -> String {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        let outcome = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        try #require(outcome.status == 0, "\(outcome.errorOutput)")
        return database.conninfo()
    }

    private static let printing = [
        "render report", "render report -f report-json", "compare report report",
        "compare report report -f json",
        "snapshots list report", "snapshots show report", "snapshots verify report", "plan \"$CONNINFO\"",
        "profile \"$CONNINFO\" --out \"$(mktemp -u ./out.XXXXXX)\"",
    ]

    @Test(.needs("test -c /dev/full")) func fullDiskBehindStandardOutputIsAFailure() async throws {
        let conninfo = try await profile()
        for command in Self.printing {
            let outcome = try await scratch.shell(
                "lobscope \(command) > /dev/full", environment: ["CONNINFO": conninfo])
            #expect(outcome.status == 1, "\(command)")
            #expect(
                outcome.errorOutput
                    == "lobscope: standard output cannot be written: No space left on device\n",
                "\(command)")
        }
        // What was measured is not lost with it.
        let check = try await scratch.shell("cd out.* && sha256sum --quiet -c SHA256SUMS")
        #expect(check.status == 0, "\(check.errorOutput)")
    }

    @Test func readerThatHasGoneEndsUsQuietlyWith141() async throws {
        let conninfo = try await profile()
        for command in Self.printing {
            let outcome = try await scratch.shell(
                "{ sleep 0.3; lobscope \(command); } | true; exit ${PIPESTATUS[0]}",
                environment: ["CONNINFO": conninfo])
            #expect(outcome.status == 141, "\(command)")
            #expect(outcome.stderr.isEmpty, "\(outcome.errorOutput)")
        }
    }

    @Test func closedDescriptorsAreNeverTakenForFilesOrSockets() async throws {
        let conninfo = try await profile()
        let script = """
            for streams in '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do
              rm -rf out; eval "lobscope profile \\"\\$CONNINFO\\" --out out $streams" > text 2> errors
              status=$?
              cd out && sha256sum --quiet -c SHA256SUMS && cd .. && echo "$streams $status"
            done
            """
        let outcome = try await scratch.shell(script, environment: ["CONNINFO": conninfo])
        #expect(outcome.output == "<&- 0\n>&- 1\n2>&- 0\n<&- >&- 2>&- 1\n", "\(outcome.errorOutput)")
    }

    @Test func quietSaysNothingOnStandardErrorAndVerboseSaysIt() async throws {
        let conninfo = try await profile()
        let quiet = try await scratch.lobscope("profile", conninfo, "--out", "quiet", "--quiet")
        #expect(quiet.status == 0)
        #expect(quiet.stderr.isEmpty)
        #expect(quiet.output.hasPrefix("READY") || quiet.output.hasPrefix("NOT READY"))
        let verbose = try await scratch.lobscope("profile", conninfo, "--out", "verbose", "--verbose")
        #expect(verbose.errorOutput.contains("measured public.customer"))
        #expect(!verbose.output.contains("measured public.customer\n"))
        #expect(!verbose.stderr.contains(0x1B))
    }

    @Test(.needs("script -qec true /dev/null")) func progressIsForTheTerminalAlone() async throws {
        let conninfo = try await profile()
        try await TestDatabase.current.psql(
            """
            CREATE TABLE large (id int, data jsonb);
            INSERT INTO large SELECT i, '[1e130000, 1e130000]' FROM generate_series(1, 2000) i; ANALYZE large
            """)
        let outcome = try await scratch.shell(
            "script -qec 'lobscope profile \"$CONNINFO\" --out shown --method full > results' /dev/null",
            environment: ["CONNINFO": conninfo, "TERM": "xterm"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains(" MB  "), "\(outcome.output)")
        let results = try scratch.bytes("results")
        #expect(!results.contains(0x1B) && !results.contains(UInt8(ascii: "\r")))
        #expect(try scratch.text("results").contains("public.large"))
    }

    @Test(.needs("script -qec true /dev/null"), arguments: [40, 80])
    func theLineOfProgressFitsTheTerminal(columns: Int) async throws {
        let conninfo = try await profile()
        try await TestDatabase.current.psql(
            """
            CREATE TABLE large_with_a_name_that_is_longer_than_most_terminals_are (id int, data jsonb);
            INSERT INTO large_with_a_name_that_is_longer_than_most_terminals_are
            SELECT i, '[1e130000, 1e130000]' FROM generate_series(1, 2000) i; ANALYZE
            """)
        let outcome = try await scratch.shell(
            "script -qec 'lobscope profile \"$CONNINFO\" --out shown --method full > results' /dev/null",
            environment: ["CONNINFO": conninfo, "TERM": "xterm", "COLUMNS": "\(columns)"])
        #expect(outcome.status == 0)
        let lines = outcome.output
            .split(separator: "\u{1B}[?7l", omittingEmptySubsequences: false).dropFirst()
            .compactMap { $0.split(separator: "\u{1B}[?7h").first }
        #expect(!lines.isEmpty)
        #expect(lines.allSatisfy { $0.count <= columns && $0.contains(" %") }, "\(lines)")
    }

    @Test func valuesOfRowsAreInNoOutput() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.everyType)
        for method in ["full", "auto", "sample"] {
            let outcome = try await scratch.lobscope(
                "profile", database.conninfo(), "--out", "report-\(method)", "--method", method, "--verbose")
            #expect(outcome.status == 0, "\(outcome.errorOutput)")
            #expect(!(outcome.output + outcome.errorOutput).contains(SampleData.canary))
        }
        let found = try await scratch.shell(
            """
            zstdcat report*/*.zst > all; cat report*/*.json report*/*.md report*/*.csv >> all
            grep -c "$CANARY" all; grep -c every_type all
            """, environment: ["CANARY": SampleData.canary])
        let counts = found.output.split(separator: "\n")
        #expect(counts.first == "0")
        #expect(counts.last != "0")
    }
}
