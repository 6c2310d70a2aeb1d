import LOBReports
import TestSupport
import Testing

/// `lobscope snapshots`, `render` and `compare` never take a bad file for a good one.
@Suite(.database) struct SnapshotsTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    /// Profiles into `store/good` and returns the path of the snapshot.
    private func profile() async throws -> String {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        let outcome = try await scratch.lobscope("profile", database.conninfo(), "--out", "store/good")
        try #require(outcome.status == 0, "\(outcome.errorOutput)")
        return try #require(try scratch.snapshot("store/good"))
    }

    /// Files that are no snapshot, with what is said of each.
    private func spoil(_ snapshot: String) async throws -> [(name: String, problem: String)] {
        let bytes = try scratch.bytes(snapshot)
        var flipped = bytes
        flipped[bytes.count / 2] ^= 0x10
        try scratch.write(flipped, "flipped.json.zst")
        try scratch.write(Array(bytes.dropLast(5)), "cut.json.zst")
        try scratch.write([], "empty.json.zst")
        try scratch.write(bytes + bytes, "twice.json.zst")
        try scratch.write(Array("{\"format\": 1}".utf8), "plain.json.zst")
        let made = try await scratch.shell(
            """
            echo '{"tables": []}' > foreign.json
            zstdcat \(snapshot) | jq -c '.format = 999' > newer.json
            zstdcat \(snapshot) | jq -c 'del(.tables)' > maimed.json
            head -c 300000000 /dev/zero > bomb.json && zstd -q --rm *.json
            ln -s \(snapshot) link.json.zst && mkfifo pipe.json.zst
            """)
        try #require(made.status == 0, "\(made.errorOutput)")
        return [
            ("flipped", "is damaged"), ("cut", "is cut short"), ("empty", ""), ("twice", "is damaged"),
            ("plain", "is not a lobscope snapshot"), ("foreign", "is not a lobscope snapshot"),
            ("newer", "was written by a later version of lobscope (format 999)"), ("maimed", "is damaged"),
            ("bomb", ""), ("link", "is not a regular file"), ("pipe", "is not a regular file"),
        ].map { ($0.0 + ".json.zst", $0.1) }
    }

    @Test(.needs("zstd --version && jq --version")) func everyBadFileIsNamedAndRefused() async throws {
        let good = try await profile()
        for (name, problem) in try await spoil(good) {
            for arguments in [
                ["render", name], ["snapshots", "show", name], ["snapshots", "verify", name],
                ["snapshots", "list", name], ["compare", good, name], ["compare", name, good],
            ] {
                let outcome = try await scratch.lobscope(arguments)
                #expect(outcome.status == 1, "\(arguments)")
                #expect(
                    outcome.errorOutput.hasPrefix("lobscope: \"\(name)\" \(problem)"),
                    "\(arguments): \(outcome.errorOutput)")
                #expect(outcome.errorOutput.contains("\nhint: "), "\(outcome.errorOutput)")
                #expect(!outcome.output.contains("ok"))
            }
        }
    }

    @Test(.needs("zstd --version && jq --version")) func oneBadFileHidesNoOther() async throws {
        let good = try await profile()
        let bad = try await spoil(good)
        let list = try await scratch.lobscope(["snapshots", "list", "."])
        let verify = try await scratch.lobscope(["snapshots", "verify", "store", "."])
        for outcome in [list, verify] {
            #expect(outcome.status == 1)
            for (name, _) in bad { #expect(outcome.errorOutput.contains("\"./\(name)\""), "\(name)") }
        }
        #expect(verify.output == good + ": ok\n")
    }

    @Test func listFindsTheSnapshotsOfReportFolders() async throws {
        let good = try await profile()
        let list = try await scratch.lobscope("snapshots", "list", "store")
        #expect(list.status == 0)
        #expect(list.output.split(separator: "\n").count == 2)
        // A path that is cut could not be given to another command.
        #expect(list.output.contains(good))
        #expect(try await scratch.lobscope("snapshots", "verify", "store").status == 0)
    }

    @Test func showSaysWhatASnapshotHolds() async throws {
        let good = try await profile()
        let show = try await scratch.lobscope("snapshots", "show", good)
        #expect(show.status == 0)
        #expect(show.output.contains(try TestDatabase.current.name))
        let report = try ReportJSON(try scratch.bytes("store/good/report.json"))
        #expect(show.output.contains(report.snapshotDigest))
        #expect(good.hasSuffix("-\(report.snapshotDigest.prefix(12)).json.zst"))
    }

    @Test func listAndShowHaveEveryFormat() async throws {
        let good = try await profile()
        let digest = try ReportJSON(try scratch.bytes("store/good/report.json")).snapshotDigest
        for arguments in [["list", "store"], ["show", good]] {
            for format in PageFormat.allCases {
                let outcome = try await scratch.lobscope(
                    ["snapshots"] + arguments + ["--format", format.rawValue])
                #expect(outcome.status == 0, "\(outcome.errorOutput)")
                #expect(outcome.output.contains(digest.prefix(12)), "\(arguments) \(format)")
                let beginnings = [PageFormat.json: "{", .markdown: "# ", .html: "<!DOCTYPE html>"]
                #expect(outcome.output.hasPrefix(beginnings[format] ?? ""), "\(arguments) \(format)")
            }
        }
    }

    @Test func folderWithoutSnapshotIsAnErrorNotAnEmptyAnswer() async throws {
        try #require(try await scratch.shell("mkdir none").status == 0)
        for arguments in [
            ["snapshots", "list", "none"], ["snapshots", "verify", "none"], ["render", "none"],
        ] {
            let outcome = try await scratch.lobscope(arguments)
            #expect(outcome.status == 1, "\(arguments)")
            #expect(outcome.errorOutput.hasPrefix("lobscope: \"none\" holds no snapshot\nhint: "))
        }
    }

    @Test func renamedSnapshotIsNotVerified() async throws {
        let good = try await profile()
        let moved = "x-20200101T000000Z-000000000000.json.zst"
        try #require(try await scratch.shell("cp \(good) \(moved)").status == 0)
        let outcome = try await scratch.lobscope("snapshots", "verify", moved)
        #expect(outcome.status == 1)
        #expect(outcome.errorOutput.hasPrefix("lobscope: \"\(moved)\" is damaged or was renamed"))
    }

    /// Makes snapshots of the same database that were measured on the given days of 2026.
    private func age(_ snapshot: String, days: [Int]) async throws {
        let made = try await scratch.shell(
            """
            mkdir -p old && for day in \(days.map(String.init).joined(separator: " ")); do
              at=$((1767225600 + day * 86400))
              zstdcat \(snapshot) | jq -c ".startedAt = $at" | tr -d '\\n' > one.json
              digest=$(sha256sum one.json | head -c 12)
              zstd -q --rm one.json -o "old/orders-20260101T000000Z-$digest.json.zst" && echo "$digest"
            done
            """)
        try #require(made.status == 0, "\(made.errorOutput)")
    }

    @Test(.needs("zstd --version && jq --version")) func pruneRemovesOldWholeSnapshotsOnly() async throws {
        let good = try await profile()
        _ = try await spoil(good)
        try await age(good, days: [1, 2, 3])
        let before = try scratch.names(".")
        let dry = try await scratch.lobscope("snapshots", "prune", "old", "--keep", "1", "--dry-run")
        #expect(dry.status == 0, "\(dry.errorOutput)")
        #expect(dry.output.hasSuffix("2 of 3 snapshots would go\n"))
        #expect(try scratch.names("old").count == 3)
        let pruned = try await scratch.lobscope("snapshots", "prune", "old", "store", ".", "--keep", "1")
        #expect(pruned.status == 1)
        #expect(pruned.errorOutput.contains("\"./flipped.json.zst\" is damaged"))
        #expect(try scratch.names(".") == before)
        #expect(try scratch.names("old").isEmpty)
        #expect(try scratch.snapshot("store/good") == good)
        for arguments in [["old"], ["old", "--keep", "0"], ["old", "--older-than", "-1"]] {
            let outcome = try await scratch.lobscope(["snapshots", "prune"] + arguments)
            #expect(outcome.status == 64, "\(arguments)")
        }
    }

    @Test(.needs("zstd --version && jq --version")) func mergeAddsShardsAndRefusesTheSameTwice() async throws
    {
        let good = try await profile()
        let made = try await scratch.shell(
            "zstdcat \(good) | jq -c '.database = \"shard2\"' > s.json && zstd -q --rm s.json -o shard2.json.zst"
        )
        try #require(made.status == 0, "\(made.errorOutput)")
        let merged = try await scratch.lobscope(
            "snapshots", "merge", good, "shard2.json.zst", "--out", "sum", "--name", "all")
        #expect(merged.status == 0, "\(merged.errorOutput)")
        #expect(merged.output.contains("Merged from"))
        #expect(try await scratch.lobscope("snapshots", "verify", "sum").status == 0)
        let figures = try await scratch.shell(
            """
            values() { zstdcat "$1" | jq '[.tables[].rows.count] | add'; }
            echo $((2 * $(values \(good)))) $(values sum/*.zst)
            zstdcat sum/*.zst | jq -r '.database, (.sources | length)'
            """)
        let words = figures.output.split(whereSeparator: \.isWhitespace)
        #expect(words.count == 4 && words[0] == words[1], "\(figures.output)")
        #expect(words.suffix(2) == ["all", "2"])
        let again = try await scratch.lobscope("snapshots", "merge", good, good, "--out", "twice")
        #expect(again.status == 1)
        #expect(again.errorOutput.contains("is given twice\nhint: "), "\(again.errorOutput)")
        try scratch.write([], "bad.json.zst")
        let bad = try await scratch.lobscope("snapshots", "merge", "bad.json.zst", good, "none", "--out", "x")
        #expect(bad.status == 1)
        #expect(bad.errorOutput.contains("bad.json.zst") && bad.errorOutput.contains("\"none\""))
        let names = try scratch.names(".")
        #expect(!names.contains("twice") && !names.contains("x"))
    }

    @Test func whatIsRenderedFromTheSnapshotIsWhatTheSurveyWrote() async throws {
        let good = try await profile()
        for (format, file) in [
            ("report-json", "report.json"), ("report-md", "report.md"), ("report-html", "report.html"),
            ("table-mappings", "table-mappings.json"),
        ] {
            let rendered = try await scratch.lobscope("render", good, "--format", format)
            #expect(rendered.stdout == (try scratch.bytes("store/good/\(file)")), "\(format)")
        }
    }
}
