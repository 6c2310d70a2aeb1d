import Foundation
import TestSupport
import Testing

@testable import LOBReports

/// `lobscope render` and `lobscope snapshots` give again what `lobscope profile` wrote.
@Suite(.database) struct RenderTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private func profile() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        let outcome = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        try #require(outcome.status == 0, "\(outcome.errorOutput)")
    }

    @Test func everyFormatIsByteForByteTheFileOfTheFolder() async throws {
        try await profile()
        let snapshot = try #require(try scratch.snapshot("report"))
        for format in ReportFormat.allCases {
            let fromFile = try await scratch.lobscope("render", snapshot, "--format", format.rawValue)
            let fromFolder = try await scratch.lobscope("render", "report", "--format", format.rawValue)
            #expect(fromFile.status == 0)
            #expect(fromFile.stderr.isEmpty)
            #expect(!fromFile.stdout.isEmpty)
            // The commands of "Next" name what was given.
            let (file, folder) = (
                fromFile.output, fromFolder.output.replacing("compare report ", with: "compare \(snapshot) ")
            )
            #expect(format == .text || fromFile.stdout == fromFolder.stdout, "\(format)")
            #expect(
                file.components(separatedBy: "\nNext\n")[0] == folder.components(separatedBy: "\nNext\n")[0])
            guard let name = format.fileName else { continue }
            #expect(try scratch.bytes("report/" + name) == fromFile.stdout, "\(name)")
        }
    }

    @Test func textIsWhatProfilePrinted() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        let printed = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        let rendered = try await scratch.lobscope("render", "report")
        // Only a run knows the server, and that the folder is what is shown.
        let (first, again) = (
            printed.output.components(separatedBy: "\nNext\n"),
            rendered.output.components(separatedBy: "\nNext\n")
        )
        #expect(first[0] == again[0] && first.count == 2 && again.count == 2)
        #expect(first[1].contains("lobscope render report --format aws-cli"))
        #expect(
            first[1].contains(
                "  lobscope profile \(ShellWord.quoted(database.conninfo()) ?? "") --out report-2\n"))
        #expect(first[1].hasSuffix("lobscope compare report report-2\n\nreport: report\n"))
        #expect(again[1].hasSuffix("lobscope compare report report-2\n"))
        let strict = try await scratch.lobscope("render", "-v", "report", "--strategy=strict", "--risk", "2%")
        #expect(
            strict.output.contains(
                "  lobscope render report --strategy strict --risk 2% --format aws-cli > tasks.sh\n"),
            "\(strict.output)")
    }

    @Test func environmentChangesNoByte() async throws {
        try await profile()
        let variants: [(prefix: String, environment: [String: String])] = [
            ("", [:]), ("umask 077; ", ["TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8"]),
            ("umask 000; ", ["TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "de_DE"]),
            ("cd /; ", ["TZ": ":nonsense", "LC_ALL": "no_such_locale", "HOME": "/nonexistent"]),
        ]
        let commands =
            ReportFormat.allCases.map { "render \"$REPORT\" --format \($0.rawValue)" }
            + PageFormat.allCases.map { "compare \"$REPORT\" \"$REPORT\" --format \($0.rawValue)" }
            + ["render \"$REPORT\" --format report-md --max-bytes 4096"]
        for command in commands {
            var seen: Set<[UInt8]> = []
            for variant in variants {
                let outcome = try await scratch.shell(
                    "\(variant.prefix)lobscope \(command)",
                    environment: variant.environment.merging(["REPORT": scratch.path + "/report"]) { $1 })
                try #require(outcome.status == 0)
                seen.insert(outcome.stdout)
            }
            #expect(seen.count == 1, "\(command)")
        }
    }

    @Test func nothingPrintedHasEscapesUnlessAsked() async throws {
        try await profile()
        for arguments in [
            ["render", "report"], ["snapshots", "show", "report"], ["compare", "report", "report"],
        ] {
            let piped = try await scratch.lobscope(arguments)
            let unwanted = try await scratch.lobscope(arguments, environment: ["NO_COLOR": "1"])
            #expect(!piped.stdout.contains(0x1B))
            #expect(unwanted.stdout == piped.stdout)
        }
        let asked = try await scratch.lobscope("render", "report", "--color", "always")
        #expect(asked.stdout.contains(0x1B))
    }
}
