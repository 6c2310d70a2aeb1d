import TestSupport
import Testing

/// The file of a fleet: its mistakes are told with their line before any database is touched, and its secrets never.
@Suite struct FleetFileTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    @Test(arguments: [
        ("", "is no list of databases\nhint: begin each with \"- name: NAME\""),
        ("databases: []\n", "is no list of databases"),
        ("- {conninfo: x}\n", "line 1: \"name\" is missing"),
        ("- {name: a}\n", "line 1: \"a\" has neither a conninfo nor a service\nhint: write conninfo"),
        ("- {name: a, conninfo: x, service: y}\n", "line 1: \"a\" has a conninfo and a service"),
        (
            "- {name: a, service: x}\n- {name: A, service: y}\n",
            "line 2: \"A\" is the name of another database"
        ),
        ("- {name: ../x, service: y}\n", "line 1: \"../x\" cannot be the name of a folder"),
        ("- {name: logs, service: y}\n", "line 1: \"logs\" is a name that the folder of a fleet has itself"),
        (
            "- name: a\n  coninfo: x\n",
            "line 2: \"coninfo\" is not a known key\nhint: did you mean \"conninfo\"?"
        ),
        ("- {name: a, service: x, labels: {team: }}\n", "line 1: \"team\" must have a value"),
        (
            "- {name: a, service: x, labels: {my-team: x}}\n",
            "line 1: \"my-team\" cannot be the name of a label"
        ),
        ("- {name: a, service: x, labels: {name: x}}\n", "line 1: \"name\" cannot be the name of a label"),
        (
            "- {name: a, service: x, options: {time-budgt: 3s}}\n",
            "line 1: options: Unknown option '--time-budgt'"
        ),
        ("- {name: a, service: x, options: {jobs: 0}}\n", "line 1: options: --jobs must be from 1 to 64"),
        ("- {name: a, service: x, options: {out: y}}\n", "line 1: \"out\" is no option of one database"),
        (
            "- {name: a, service: x, options: {policy: y}}\n",
            "line 1: \"policy\" is no option of one database"
        ),
        ("- {name: a, service: x, options: [x]}\n", "line 1: \"options\" must be a mapping"),
        (
            "- {name: a, conninfo: 'a=b'}\n",
            "line 1: \"a\": connection string has an option that libpq does not know"
        ),
        ("- [\n", "not YAML"),
    ]) func mistakesAreToldWithTheirLine(file: String, message: String) async throws {
        try scratch.write(Array(file.utf8), "fleet.yaml")
        let outcome = try await scratch.lobscope("fleet", "fleet.yaml", "--out", "fleet")
        #expect(outcome.status == 64)
        #expect(
            outcome.errorOutput.hasPrefix("lobscope: \"fleet.yaml\" \(message)"), "\(outcome.errorOutput)")
        #expect(try scratch.names(".") == ["fleet.yaml"])
    }

    @Test func aFileThatIsNotThereIsTold() async throws {
        let outcome = try await scratch.lobscope("fleet", "none.yaml", "--out", "fleet")
        #expect(outcome.status == 64 && outcome.errorOutput.hasPrefix("lobscope: \"none.yaml\""))
    }

    /// A password goes to the environment of its profile alone: neither arguments, which others can see, nor any output has it.
    @Test func passwordsAreNeitherShownNorArguments() async throws {
        let secret = Canary.password
        let cases: [(conninfo: String, message: String?)] = [
            ("postgresql://u:\(secret)@127.0.0.1:1/x", nil),
            ("host=127.0.0.1 port=1 password='\(secret)'", nil),
            ("host=127.0.0.1 sslpassword=\(secret)", "has sslpassword, a secret"),
            ("service=x password=\(secret)", "has a password beside a service"),
            ("postgresql://u:\(secret)@x@127.0.0.1/x", "percent-encoded"),
        ]
        for (text, message) in cases {
            try scratch.write(Array("- name: a\n  conninfo: \"\(text)\"\n".utf8), "fleet.yaml")
            let outcome = try await scratch.lobscope("fleet", "fleet.yaml", "--out", "fleet")
            #expect(outcome.status == (message == nil ? 1 : 64), "\(outcome.errorOutput)")
            #expect(outcome.errorOutput.contains(message ?? "a: failed: "), "\(outcome.errorOutput)")
            let files = try await scratch.shell(
                "[ ! -e fleet ] || { grep -r '\(secret)' fleet && exit 1; rm -r fleet; }")
            #expect(files.status == 0, "\(files.output)")
        }
    }
}
