import Foundation
import LOBAdvice
import LOBReports
import TestSupport
import Testing

/// What the documentation says of files, formats, figures and statuses is so.
@Suite struct DocumentationTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    @Test func formatsTableKnowsEveryFormat() throws {
        let rows = try Readme.page("Formats").rows(under: "## Formats")
        #expect(rows.map { $0[0] } == ReportFormat.allCases.map { "`\($0.rawValue)`" })
        #expect(
            rows.map { $0[1] }
                == ReportFormat.allCases.map { $0.fileName.map { "`\($0)`" } ?? "printed only" })
    }

    @Test func folderTableKnowsEveryFile() throws {
        let rows = try Readme.page("Formats").rows(under: "## The report folder")
        let folder = rows.map { $0[0] }.joined(separator: " ")
        for name in ReportFormat.allCases.compactMap(\.fileName) + [
            "move-large-objects.sh", "SHA256SUMS", "<database>-<UTC time>-<digest>.json.zst",
        ] {
            #expect(folder.contains("`\(name)`"), "\(name)")
        }
    }

    @Test func coverageTableKnowsEveryCoverage() throws {
        let rows = try Readme.page("Method").rows(under: "## How the numbers are made")
        #expect(rows.map { $0[0] } == Coverage.allCases.map(\.rawValue))
    }

    @Test func sizingTableKnowsEverySizing() throws {
        let rows = try Readme.page("Method").rows(under: "## From sizes to KB")
        let names = rows.compactMap { $0[0].firstMatch(of: /`([a-z0-9]+)`/).map { String($0.output.1) } }
        #expect(names.sorted() == Sizing.allCases.map(\.rawValue).sorted())
    }

    @Test func statusTableSaysWhatTheHelpSays() async throws {
        let rows = try Readme.page("Exit-status").rows(under: "## Exit status")
        #expect(rows.map { $0[0] } == ["0", "1", "2", "3", "64", "128 + signal"])
        let help = try await scratch.lobscope("--help").output.split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        for part in [
            "0 complete", "1 failed", "2 something to act on", "3 partial", "64 usage", "128 + signal",
        ] {
            #expect(help.contains(part), "\(part)")
        }
    }

    @Test func progressTableKnowsEveryEvent() throws {
        let source = try Readme.file("Sources/lobscope/Terminal/ProgressJSON.swift")
        let events = source.matches(of: /object\(\s*"([A-Za-z]+)"/).map { String($0.output.1) }
        let page = try Readme.page("Exit-status")
        let rows = page.rows(under: "## Progress for programs")
        #expect(events.count > 10)
        #expect(rows.map { $0[0] }.sorted() == events.map { "`\($0)`" }.sorted())
        let members = source.matches(of: /\("([A-Za-z]+)", [.a-z]/).map { String($0.output.1) }
            .filter { !events.contains($0) }
        for member in members { #expect(page.text.contains("`\(member)`"), "\(member)") }
        let named = rows.flatMap { $0[2].matches(of: /`([A-Za-z]+)`/).map { String($0.output.1) } }
        #expect(Set(named).isSubset(of: members))
    }

    @Test(arguments: ["risks: 0.1\n", "tables:\n  - table: x\n    who: me\n"])
    func policyTableKnowsEveryKey(mistake: String) async throws {
        try scratch.write(Array(mistake.utf8), "lobscope.yaml")
        let outcome = try await scratch.lobscope(
            "profile", "host=/nonexistent", "--policy", "lobscope.yaml", "--out", "report")
        let hint = try #require(outcome.errorOutput.firstMatch(of: /known keys are (.+)/)).output.1
        let table = try Readme.page("Policy-file").rows(under: "## Keys").map { $0[0] }.joined()
        for key in hint.split(separator: ", ") { #expect(table.contains("`\(key)`"), "\(key)") }
    }

    @Test func fleetTablesKnowEveryKeyAndGauge() async throws {
        try scratch.write(Array("- {who: me}\n".utf8), "fleet.yaml")
        let outcome = try await scratch.lobscope("fleet", "fleet.yaml", "--out", "fleet")
        let hint = try #require(outcome.errorOutput.firstMatch(of: /known keys are (.+)/)).output.1
        let page = try Readme.page("Fleet")
        let keys = page.rows(under: "## Overview").map { $0[0] }
        #expect(keys == hint.split(separator: ", ").map { "`\($0)`" })
        let source = try Readme.file("Sources/LOBReports/Machine/FleetMetrics.swift")
        let gauges = source.matches(of: /"(lobscope_[a-z_]+)"/).map { String($0.output.1) }
        let told = page.rows(under: "## Metrics").map { $0[0] }.joined(separator: " ")
        #expect(gauges.count > 5 && gauges.allSatisfy { told.contains("`\($0)`") }, "\(gauges)")
    }

    @Test func throttleTableKnowsEveryOption() async throws {
        let help = try await scratch.lobscope("profile", "--help").output
        let page = try Readme.page("Safety")
        for row in page.rows(under: "## Throttle") {
            let words = row[0].dropFirst().dropLast().split(separator: " ")
            try #require(words.count == 2, "\(row)")
            #expect(help.contains("\(words[0]) <\(words[1].lowercased())>"), "\(row)")
        }
        let throttle = help.split(separator: "\n", omittingEmptySubsequences: false)
            .drop { $0 != "THROTTLE:" }.prefix { !$0.isEmpty }.joined(separator: "\n")
        let options = throttle.matches(of: /\n  (--[a-z-]+)/).map { String($0.output.1) }
        #expect(options.count > 5)
        for option in options { #expect(page.text.contains("`\(option)"), "\(option)") }
    }
}

/// Commands, options and links.
extension DocumentationTests {
    private static let commands = [
        "profile", "plan", "render", "compare", "truncations", "lint", "patch-plan", "fleet", "kit", "import",
        "demo",
    ]
    private static let snapshotCommands = ["list", "show", "verify", "prune", "merge", "rollup"]

    private static func all() throws -> [Readme] { try [Readme()] + Readme.pages() }

    /// The commands that a help lists.
    private static func subcommands(of help: String) -> [String] {
        help.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
            .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "See" }
    }

    @Test func everyCommandOfTheHelpIsExplained() async throws {
        let text = try Self.all().map(\.text).joined()
        let commands = Self.subcommands(of: try await scratch.lobscope("--help").output)
        #expect(commands.sorted() == (Self.commands + ["snapshots"]).sorted())
        for command in commands {
            #expect(text.contains("lobscope \(command)") || text.contains("script/\(command)"), "\(command)")
        }
        let ofSnapshots = Self.subcommands(of: try await scratch.lobscope("snapshots", "--help").output)
        #expect(ofSnapshots.sorted() == Self.snapshotCommands.sorted())
        for command in ofSnapshots { #expect(text.contains("`snapshots \(command)`"), "\(command)") }
    }

    @Test func everyOptionThatIsNamedIsOne() async throws {
        // Those of other programs.
        var known: Set = [
            "--extra-connection-attributes", "--filter-pattern", "--filters", "--hostname", "--large-objects",
            "--log-group-name", "--log-stream-name-prefix", "--package-path", "--recursive", "--since",
            "--strict",
        ]
        let helps = Self.commands.map { [$0] } + Self.snapshotCommands.map { ["snapshots", $0] }
        for command in helps {
            let help = try await scratch.lobscope(command + ["--help"]).output
            known.formUnion(Self.options(in: help))
        }
        for page in try Self.all() {
            #expect(Self.options(in: page.text).subtracting(known) == [], "\(page.path)")
        }
    }

    private static func options(in text: String) -> Set<String> {
        Set(text.matches(of: /--[a-z][a-z-]+/).map { String($0.output) })
    }

    @Test func linksLeadToFilesAndPages() throws {
        let pages = try Self.all()
        // Where the letters differ in case only, one page would be written over the other.
        #expect(Set(pages.map { $0.name.lowercased() }).count == pages.count)
        let names = Set(pages.map(\.name))
        for page in pages {
            let folder = URL(fileURLWithPath: Readme.root + "/" + page.path).deletingLastPathComponent().path
            for match in page.text.matches(of: /\]\(([^)#]+)/) where !match.output.1.hasPrefix("https://") {
                let path = "\(folder)/\(match.output.1)"
                #expect(FileManager.default.fileExists(atPath: path), "\(page.path): \(path)")
            }
            for match in page.text.matches(of: /<doc:([^>]+)>/) {
                #expect(names.contains(String(match.output.1)), "\(page.path): \(match.output.0)")
            }
        }
        for script in ["demo", "example", "test"] {
            #expect(FileManager.default.isExecutableFile(atPath: Readme.root + "/script/" + script))
        }
    }

    @Test func theLandingPageLeadsToEveryPage() throws {
        let landing = try Readme.page("lobscope")
        let topics = landing.text.split(separator: "## Topics").last ?? ""
        let linked = topics.matches(of: /- <doc:([^>]+)>/).map { String($0.output.1) }
        let names = try Readme.pages().filter { !$0.isFinding }.map(\.name).filter { $0 != landing.name }
        #expect(linked.sorted() == names.sorted())
    }
}

/// Findings.
extension DocumentationTests {
    private static func inByteOrder(_ names: [String]) -> [String] {
        names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    @Test func everyFindingHasAPage() throws {
        let pages = try Readme.pages().filter(\.isFinding)
        #expect(Self.inByteOrder(pages.map(\.name)) == FindingRegistry.entries.map(\.id))
        let meanings = Dictionary(
            FindingRegistry.entries.map { ($0.id, $0.meaning) }, uniquingKeysWith: { first, _ in first })
        for page in pages {
            #expect(page.title == "# \(page.name)", "\(page.path)")
            let meaning = meanings[page.name] ?? ""
            let sentence = "\(meaning.prefix(1).uppercased())\(meaning.dropFirst())."
            // What begins with the name of a table cannot begin with a capital.
            let isTold =
                page.abstract.hasPrefix(sentence) || page.abstract == "The control table \(meaning)."
            #expect(isTold, "\(page.path): \(page.abstract)")
        }
    }

    @Test func theListOfFindingsIsThatOfTheRegistry() throws {
        let rows = try Readme.page("Findings/Findings").rows(under: "# Findings")
        #expect(
            rows.map { [$0[0], $0[2]] } == FindingRegistry.entries.map { ["<doc:\($0.id)>", $0.meaning] })
    }

    @Test func findingsAreGroupedByWhatTheyAreAbout() throws {
        let groups = [
            "Profile": FindingID.allCases.map(\.rawValue),
            "Files and settings": LintID.allCases.map(\.rawValue),
            "Mappings": MappingViolation.Kind.allCases.map(\.rawValue),
            "Slots": SlotID.allCases.map(\.rawValue), "Targets": TargetID.allCases.map(\.rawValue),
            "Logs": TruncationID.allCases.map(\.rawValue),
        ]
        let page = try Readme.page("Findings/Findings")
        for (title, ids) in groups {
            #expect(page.items(under: "### \(title)") == Self.inByteOrder(ids).map { "<doc:\($0)>" })
        }
    }

    @Test func findingsOfSlotsAndTargetsAreInTheirTable() throws {
        let rows = try Readme.page("Slots-and-tasks").rows(under: "## Findings about slots and targets")
        let ids = SlotID.allCases.map(\.rawValue) + TargetID.allCases.map(\.rawValue)
        let known = FindingRegistry.entries.filter { ids.contains($0.id) }
        #expect(rows == known.map { ["`\($0.id)`", $0.meaning] })
    }
}
