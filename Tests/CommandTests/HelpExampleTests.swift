import EphemeralPostgreSQL
import Foundation
import TestSupport
import Testing

/// The examples of the help work as they are written.
@Suite struct HelpExampleTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private static let commands = [
        [], ["profile"], ["plan"], ["render"], ["compare"], ["truncations"], ["lint"], ["patch-plan"],
        ["snapshots", "merge"], ["snapshots", "prune"],
    ]

    /// Each example, without what is said of it behind two spaces.
    private func examples() async throws -> [String] {
        var found: [String] = []
        for command in Self.commands {
            let help = try await scratch.lobscope(command + ["--help"]).output
            let all = help.split(separator: "\n", omittingEmptySubsequences: false)
            let lines = all.filter { $0.hasPrefix("  lobscope ") }
            #expect(!lines.isEmpty, "\(command)")
            // An example that takes two lines cannot be pasted.
            for (line, next) in zip(all, all.dropFirst()) where line.hasPrefix("  lobscope ") {
                #expect(next.isEmpty || next.hasPrefix("  "), "\(line)")
            }
            found += lines.map { line in
                line.dropFirst(2).components(separatedBy: "  ")[0].trimmingCharacters(in: .whitespaces)
            }
        }
        return found
    }

    /// What examples name: two databases on a server, reports of them, a log, and files of a task.
    private static let fixture = """
        lobscope profile "$ORDERS" --out before --quiet > text && cp -r before OLD && cp -r before FOLDER \
        && cp -r before source && cp -r before target && cp -r before shard1 \
        && sleep 1 && lobscope profile "$ORDERS" --out after --quiet > text && cp -r after NEW \
        && lobscope profile "$SHARD" --out shard2 --quiet > text || exit
        mkdir reports && cp -r before after reports
        cp before/table-mappings.json tasks.json; cp before/table-mappings.json FILE
        cp before/table-mappings.json mapping.json; cp before/task-settings.json settings.json
        printf 'risk: 2%%\\nlimit: 64KB\\n' > lobscope.yaml
        printf '%s\\n' "[SOURCE_CAPTURE ]W: Value of column 'document' in table 'public.orders' was truncated to \
        32768 bytes, actual length: 331776 bytes (postgres_pglogical.c:2550)" > task.log
        """

    @Test(.enabled("PostgreSQL server programs are installed") { await SharedCluster.isAvailable() })
    func examplesWork() async throws {
        let cluster = try await EphemeralCluster.start()
        for database in ["orders", "shard"] {
            try await cluster.createDatabase(database)
            try await cluster.psql(
                try Readme.file("Tests/CommandTests/Resources/orders.sql"), database: database)
        }
        try await cluster.psql(
            "CREATE SCHEMA app; CREATE TABLE app.t (id int PRIMARY KEY, t text)", database: "orders")
        let connections = ["orders", "shard"].map { cluster.conninfo(database: $0) }
        let environment = [
            "ORDERS": connections[0], "SHARD": connections[1], "PGHOST": cluster.socketDirectory,
            "PGPORT": "\(cluster.port)", "PGUSER": "postgres", "PGDATABASE": "orders",
        ]
        let made = try await scratch.shell(Self.fixture, environment: environment)
        try #require(made.status == 0, "\(made.errorOutput)")
        let examples = try await examples().filter { $0 != "lobscope demo" }
        #expect(examples.count > 20)
        for example in examples {
            let outcome = try await scratch.shell(
                """
                run="$PWD.run"; cp -r . "$run" && cd "$run" || exit 99
                (\(Self.prepared(example))); status=$?; rm -rf "$run"; exit $status
                """, environment: environment)
            // 2 is the answer where --fail-on asked.
            let expected: Set<Int32> = example.contains("--fail-on") ? [0, 2] : [0]
            #expect(
                expected.contains(outcome.status), "\(example): \(outcome.status)\n\(outcome.errorOutput)")
        }
        await cluster.stop()
    }

    /// The example with the server of the test, where it writes a folder without the one of the fixture.
    private static func prepared(_ example: String) -> String {
        let folder = example.firstMatch(of: #/--out ([a-z]+)/#).map { "rm -rf \($0.output.1); " } ?? ""
        return folder
            + example.replacing("postgresql://lob_reader@db.example.com/orders", with: "\"$ORDERS\"")
            .replacing("service=orders", with: "\"$ORDERS\"").replacing("CONNINFO", with: "\"$ORDERS\"")
            .replacing("plan orders", with: "plan \"$ORDERS\"")
            .replacing("-h db -d orders", with: "-d \"$ORDERS\"")
    }
}
