import TestSupport
import Testing

/// `lobscope kit` and `lobscope import`, with psql in between.
@Suite(.database) struct OfflineKitTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    /// Runs the script of `kit` and leaves what psql wrote in a file.
    private func answers(_ options: [String] = []) async throws -> [UInt8] {
        let script = try await scratch.lobscope(["kit"] + options)
        try #require(script.status == 0, "\(script.errorOutput)")
        let answers = try await TestDatabase.current.psqlBytes(script.stdout)
        Canary.expectNone(in: answers, "the answers")
        try scratch.write(answers, "answers.jsonl")
        return answers
    }

    /// The LOB table and all rules are those of a direct profile.
    @Test func theFilesAreThoseOfADirectProfile() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        _ = try await answers()
        let imported = try await scratch.lobscope("import", "answers.jsonl", "--out", "kit")
        #expect(imported.status == 0, "\(imported.errorOutput)")
        #expect(imported.stderr.isEmpty)
        #expect(imported.output.hasSuffix("\nreport: kit\n"))
        let direct = try await scratch.lobscope(
            "profile", database.conninfo(), "--method", "full", "--consistent", "--out", "direct")
        #expect(direct.status == 0, "\(direct.errorOutput)")
        #expect(
            try scratch.names("kit").filter { !$0.hasSuffix(".zst") }
                == scratch.names("direct").filter { !$0.hasSuffix(".zst") })
        for name in [
            "lob-table.md", "lob-table.csv", "tables.csv", "table-mappings.json", "task-settings.json",
            "endpoint-settings.json",
        ] {
            #expect(try scratch.bytes("kit/" + name) == scratch.bytes("direct/" + name), "\(name)")
        }
        let compared = try await scratch.lobscope("compare", "kit", "direct", "--fail-on", "size")
        #expect(compared.status == 0, "\(compared.output)\(compared.errorOutput)")
    }

    @Test func optionsOfTheRecommendationCount() async throws {
        try await TestDatabase.current.psql(SampleData.shop)
        _ = try await answers(["--table", "customer"])
        let imported = try await scratch.lobscope(
            "import", "answers.jsonl", "--out", "kit", "--truncation-ok", "customer", "--strategy", "strict",
            "--slots", "auto")
        #expect(imported.status == 0, "\(imported.errorOutput)")
        let table = try await scratch.lobscope("render", "kit", "--format", "lob-table-md").output
        #expect(table.contains("`public.customer`") && table.contains("Yes") && !table.contains("order"))
        let unknown = try await scratch.lobscope(
            "import", "answers.jsonl", "--truncation-ok", "nothing", "--out", "other")
        #expect(unknown.status == 1)
        #expect(unknown.errorOutput.contains("no table matches"))
        #expect(try !scratch.names(".").contains("other"))
    }

    /// What the kit does not read is said, with status 3.
    @Test func whatIsMissingIsListed() async throws {
        try await TestDatabase.current.psql(SampleData.everyType)
        _ = try await answers()
        let imported = try await scratch.lobscope("import", "answers.jsonl", "--out", "kit")
        #expect(imported.status == 3)
        #expect(imported.output.contains("the answers of the offline kit do not have it"))
        // There is nothing to resume.
        #expect(!imported.output.contains("--resume"))
    }

    @Test func aFileThatIsNotWholeIsRefusedAndLeavesNothing() async throws {
        try await TestDatabase.current.psql(SampleData.shop)
        let whole = try await answers()
        for (bytes, message) in [
            (Array(whole.dropLast(20)), "damaged"), ([], "no file of answers"),
            (Array(whole.split(separator: 10).dropLast().joined(separator: [10])), "ends early"),
        ] {
            try scratch.write(bytes, "answers.jsonl")
            let imported = try await scratch.lobscope("import", "answers.jsonl", "--out", "kit")
            #expect(imported.status == 1)
            #expect(imported.errorOutput.hasPrefix("lobscope: \"answers.jsonl\" "), "\(imported.errorOutput)")
            #expect(imported.errorOutput.contains(message), "\(imported.errorOutput)")
            #expect(imported.errorOutput.contains("\nhint: "))
            #expect(try scratch.names(".") == ["answers.jsonl"])
        }
        let absent = try await scratch.lobscope("import", "absent.jsonl")
        #expect(absent.status == 1 && absent.errorOutput.contains("hint: "))
    }

    @Test func theScriptIsAlwaysTheSameAndSaysWhatItReads() async throws {
        let (first, again) = (try await scratch.lobscope("kit"), try await scratch.lobscope("kit"))
        #expect(first.stdout == again.stdout)
        let top = first.output.prefix(2_000)
        for word in ["READ ONLY", "ctid", "no value of any", "psql -X -f"] {
            #expect(top.contains(word), "\(word)")
        }
        let written = try await scratch.lobscope("kit", "--out", "kit.sql")
        #expect(written.status == 0 && written.stdout.isEmpty)
        #expect(try scratch.bytes("kit.sql") == first.stdout)
        #expect(try await scratch.lobscope("kit", "--out", "kit.sql").status == 1)
        #expect(try await scratch.lobscope("kit", "--statement-timeout", "0s").status == 64)
    }
}
