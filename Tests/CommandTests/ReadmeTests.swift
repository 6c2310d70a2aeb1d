import EphemeralPostgreSQL
import LOBAdvice
import TestSupport
import Testing

@testable import LOBReports

/// What the README and the first steps show is what the command does.
@Suite struct ReadmeTests {
    private let scratch: Scratch
    private let readme: Readme
    private let guide: Readme

    init() throws {
        scratch = try Scratch()
        readme = try Readme()
        guide = try Readme.page("Getting-started")
    }

    /// The connection string that both name.
    private static let conninfo = "postgresql://lob_reader@db.example.com/orders"
    /// What changes the database between the first and the second profile.
    private static let growth =
        "UPDATE orders SET document = jsonb_build_object('lines', repeat('y', 400000)) WHERE id = 20001"

    @Test(.enabled("PostgreSQL server programs are installed") { await SharedCluster.isAvailable() })
    func sessionsPrintWhatIsShown() async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.createDatabase("orders")
        try await cluster.psql(try Readme.file("Tests/CommandTests/Resources/orders.sql"), database: "orders")
        #expect(readme.blocks("sql") == guide.blocks("sql"))
        for grants in guide.blocks("sql") {
            try await cluster.psql(grants.joined(separator: "\n"), database: "orders")
        }
        // The README shows parts of what the first steps have left.
        let sessions = (guide.blocks("console") + readme.blocks("console")).flatMap(Session.commands)
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
                Session.masked(
                    outcome.output.replacing(ShellWord.quoted(conninfo) ?? "", with: Self.conninfo))
                    == Session.masked(session.output),
                "\(session.command) prints\n\(outcome.output)")
        }
        await cluster.stop()
    }

    @Test func theReadmeIsShort() {
        #expect(readme.text.utf8.count <= 8192)
    }

    @Test func theReadmeLeadsToEveryPage() throws {
        let pages = try Readme.pages().filter { !$0.isFinding }
        #expect(pages.count > 10)
        for page in pages { #expect(readme.text.contains("](\(page.path))"), "\(page.path)") }
    }

    @Test func theProfileThatIsShownIsTheTestedOne() throws {
        let profile = "lobscope profile \(Self.conninfo) --out before"
        #expect(readme.blocks("sh").contains { $0.contains(profile) })
        #expect(guide.blocks("console").contains { $0.first == "$ " + profile })
    }

    @Test func strategiesAreThoseOfTheOption() throws {
        let tables = [
            readme.rows(under: "## Strategies"),
            try Readme.page("Method").rows(under: "## From KB to rules"),
        ]
        for table in tables {
            let names = table.compactMap { $0[0].firstMatch(of: /`([a-z-]+)`/).map { String($0.output.1) } }
            #expect(names.sorted() == Policy.Strategy.allCases.map(\.rawValue).sorted())
        }
    }

    @Test func missedTargetsAreNotHidden() throws {
        let report = try Readme.file("reports/performance.md")
        let counts = try #require(report.firstMatch(of: /of ([0-9]+) targets kept, ([0-9]+) missed/)).output
        #expect(readme.text.contains("\(counts.2) of \(counts.1) targets are missed"))
    }
}
