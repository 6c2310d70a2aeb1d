import EphemeralPostgreSQL
import Foundation
import LOBAdvice
import LOBReports
import TestSupport
import Testing

/// What the README shows is what the command does.
@Suite struct ReadmeTests {
    private let scratch: Scratch
    private let readme: Readme

    init() throws {
        scratch = try Scratch()
        readme = try Readme()
    }

    /// The connection string that stands in the README.
    private static let conninfo = "postgresql://lob_reader@db.example.com/orders"
    /// What changes the database between the first and the second profile.
    private static let growth =
        "UPDATE orders SET document = jsonb_build_object('lines', repeat('y', 400000)) WHERE id = 20001"

    @Test(.enabled("PostgreSQL server programs are installed") { await SharedCluster.isAvailable() })
    func sessionsPrintWhatIsShown() async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.createDatabase("orders")
        try await cluster.psql(try Readme.file("Tests/CommandTests/Resources/orders.sql"), database: "orders")
        for grants in readme.blocks("sql") {
            try await cluster.psql(grants.joined(separator: "\n"), database: "orders")
        }
        let sessions = readme.blocks("console").flatMap(Session.commands)
        #expect(sessions.map(\.command).filter { $0.contains("lobscope profile") }.count == 2)
        var profiles = 0
        for session in sessions {
            if session.command.contains("lobscope profile") {
                profiles += 1
                if profiles == 2 { try await cluster.psql(Self.growth, database: "orders") }
            }
            let conninfo = cluster.conninfo(database: "orders", user: "lob_reader")
            let outcome = try await scratch.shell(
                session.command.replacing(Self.conninfo, with: "\"$CONNINFO\""),
                environment: ["CONNINFO": conninfo, "COLUMNS": "100"])
            #expect(outcome.status == 0, "\(session.command)\n\(outcome.errorOutput)")
            #expect(outcome.stderr.isEmpty, "\(session.command)\n\(outcome.errorOutput)")
            #expect(
                Session.masked(outcome.output) == Session.masked(session.output),
                "\(session.command) prints\n\(outcome.output)")
        }
        await cluster.stop()
    }

    @Test func everyCommandOfTheHelpIsExplained() async throws {
        let help = try await scratch.lobscope("--help")
        let commands = help.output.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
            .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "See" }
        #expect(commands.count >= 6)
        for command in commands {
            let isShown =
                readme.text.contains("lobscope \(command)") || readme.text.contains("script/\(command)")
            #expect(isShown, "\(command)")
        }
    }

    @Test func everyOptionThatIsNamedIsOne() async throws {
        // Those of other programs.
        var known =
            "--package-path --show-bin-path --product --strict --recursive --query --extra-connection-attributes "
        for command in ["profile", "plan", "render", "compare", "demo", "lint", "truncations", "patch-plan"] {
            known += try await scratch.lobscope(command, "--help").output
        }
        for command in ["prune", "merge"] {
            known += try await scratch.lobscope("snapshots", command, "--help").output
        }
        for option in Set(readme.text.matches(of: /--[a-z][a-z-]+/).map { String($0.output) }) {
            let name = option.replacing("--no-", with: "--")
            #expect(known.contains(option) || known.contains(name), "\(option)")
        }
    }

    @Test func formatsTableKnowsEveryFormat() {
        let rows = readme.rows(under: "## Formats")
        #expect(rows.map { $0[0] } == ReportFormat.allCases.map { "`\($0.rawValue)`" })
        #expect(
            rows.map { $0[1] }
                == ReportFormat.allCases.map { $0.fileName.map { "`\($0)`" } ?? "printed only" })
    }

    @Test func folderTableKnowsEveryFile() {
        let folder = readme.rows(under: "## The report folder").map { $0[0] }.joined(separator: " ")
        for name in ReportFormat.allCases.compactMap(\.fileName) + [
            "move-large-objects.sh", "SHA256SUMS", "<database>-<UTC time>-<digest>.json.zst",
        ] {
            #expect(folder.contains("`\(name)`"), "\(name)")
        }
    }

    @Test func findingsTableKnowsEveryFindingOfAProfile() {
        let known = FindingID.allCases.map { ["`\($0.rawValue)`", $0.meaning] }
            .sorted { $0[0].utf8.lexicographicallyPrecedes($1[0].utf8) }
        #expect(readme.rows(under: "## Findings") == known)
        let registered = Set(FindingRegistry.entries.map(\.id))
        #expect(FindingID.allCases.allSatisfy { registered.contains($0.rawValue) })
    }

    @Test func statusTableSaysWhatTheHelpSays() async throws {
        let rows = readme.rows(under: "## Exit status")
        #expect(rows.map { $0[0] } == ["0", "1", "2", "3", "64", "128 + signal"])
        let help = try await scratch.lobscope("--help").output.split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        for part in [
            "0 complete", "1 failed", "2 something to act on", "3 partial", "64 usage", "128 + signal",
        ] {
            #expect(help.contains(part), "\(part)")
        }
    }

    @Test func linksLeadToFiles() {
        for match in readme.text.matches(of: /\]\(([^)]+)\)/) where !match.output.1.hasPrefix("https://") {
            let path = Readme.root + "/" + match.output.1
            #expect(FileManager.default.fileExists(atPath: path), "\(path)")
        }
        for script in ["demo", "example", "test"] {
            #expect(FileManager.default.isExecutableFile(atPath: Readme.root + "/script/" + script))
        }
    }

    @Test func coverageTableKnowsEveryCoverage() {
        #expect(
            readme.rows(under: "## How the numbers are made").map { $0[0] }
                == Coverage.allCases.map(\.rawValue))
    }
}
