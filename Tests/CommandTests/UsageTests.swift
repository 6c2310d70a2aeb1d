import TestSupport
import Testing

/// What is asked of the command itself: help without a server, and a wrong use that is told so.
@Suite struct UsageTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    @Test(arguments: [
        [], ["profile"], ["plan"], ["render"], ["compare"], ["snapshots"], ["snapshots", "list"],
        ["snapshots", "show"], ["snapshots", "verify"], ["demo"], ["lint"], ["truncations"], ["fleet"],
        ["snapshots", "rollup"], ["kit"], ["import"],
    ]) func helpNeedsNoServerAndTeaches(command: [String]) async throws {
        let help = try await scratch.lobscope(command + ["--help"], environment: ["PGHOST": "/nonexistent"])
        #expect(help.status == 0)
        #expect(help.stderr.isEmpty)
        #expect(help.output.hasPrefix("OVERVIEW: "))
        #expect(help.output.contains("USAGE: lobscope"))
        #expect(UnsafeBytes.found(in: help.stdout).isEmpty)
        // Every option and argument says what it is for.
        for line in help.output.split(separator: "\n") where line.hasPrefix("  --") || line.hasPrefix("  <") {
            #expect(line.utf8.count > 26 || help.output.contains("\(line)\n          "), "\(line)")
        }
        // No line of ours is broken by the terminal of most people.
        #expect(help.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.hasPrefix("USAGE: ") })
        #expect(try scratch.names(".").isEmpty)
    }

    @Test func helpOfTheRootShowsWhereToBegin() async throws {
        let help = try await scratch.lobscope("--help")
        for line in ["lobscope demo  ", "lobscope plan CONNINFO  ", "lobscope profile CONNINFO  "] {
            #expect(help.output.contains("\n  \(line)"), "\(help.output)")
        }
        let version = try await scratch.lobscope("--version").output
        let form =
            /lobscope 0\.1\.0 \(commit ([0-9a-f]{12}\+?|unknown), (debug|release), Swift 6\.[0-9]( or later)?\)\n/
        #expect(version.wholeMatch(of: form) != nil, "\(version)")
    }

    /// Examples, the options that most people need, then all of them in the order of their use, and at last the statuses.
    @Test(arguments: [[], ["profile"]]) func helpOpensWithExamplesAndEndsWithStatuses(
        command: [String]
    ) async throws {
        let help = try await scratch.lobscope(command + ["--help"]).output
        let overview = try #require(help.split(separator: "\nUSAGE: ").first)
        let paragraphs = overview.split(separator: "\n\n")
        #expect(paragraphs[1].hasPrefix("Examples:\n  lobscope "), "\(help)")
        for option in ["  --out ", "  --time-budget ", "  --policy "] {
            #expect(paragraphs[2].contains("\n\(option)"), "\(help)")
        }
        let statuses = try #require(help.split(separator: "\n\n").last)
        #expect(statuses.hasPrefix("EXIT STATUS:\n       0  complete\n"), "\(help)")
        #expect(statuses.hasSuffix("128 + signal  interrupted\n"), "\(help)")
    }

    @Test func optionsOfProfileAreGroupedInTheOrderOfTheirUse() async throws {
        let help = try await scratch.lobscope("profile", "--help").output
        let titles = help.split(separator: "\n").filter {
            $0.hasSuffix(":") && $0.uppercased() == $0 && !$0.hasPrefix(" ")
        }
        #expect(
            titles == [
                "CONNECTION:", "REPORT FOLDER:", "SCOPE:", "MEASURING:", "RECOMMENDATION:", "TASKS:",
                "THROTTLE:", "OUTPUT:", "OPTIONS:", "EXIT STATUS:",
            ], "\(help)")
    }

    @Test(arguments: [
        (["profil"], "profile"), (["profil", "--jobs", "3", "orders"], "profile"), (["paln", "x"], "plan"),
        (["comapre", "a", "b"], "compare"), (["snapshot", "list"], "snapshots"), (["trunc"], "truncations"),
        (["snapshots", "lst"], "list"), (["snapshots", "verfy", "x"], "verify"), (["flet", "x"], "fleet"),
    ]) func aMistypedCommandIsNamedWithItsNeighbour(arguments: [String], meant: String) async throws {
        let outcome = try await scratch.lobscope(arguments)
        #expect(outcome.status == 64 && outcome.stdout.isEmpty)
        let word = arguments[0] == "snapshots" ? arguments[1] : arguments[0]
        #expect(
            outcome.errorOutput.hasPrefix(
                "Error: '\(word)' is not a command\nhint: did you mean '\(meant)'?\n"),
            "\(outcome.errorOutput)")
    }

    @Test func aWordThatIsLikeNoCommandGetsTheirNames() async throws {
        let outcome = try await scratch.lobscope("nonsense")
        #expect(outcome.status == 64)
        #expect(
            outcome.errorOutput.contains("\nhint: commands are profile, plan, "), "\(outcome.errorOutput)")
        // An option that is wrong in another command is told as before.
        let option = try await scratch.lobscope("profile", "--bogus")
        #expect(option.errorOutput.contains("Unknown option '--bogus'"), "\(option.errorOutput)")
        for arguments in [["--password", "x"], ["-W"]] {
            let password = try await scratch.lobscope(["profile"] + arguments)
            #expect(
                password.errorOutput.contains(
                    "\nhint: a password belongs in ~/.pgpass, a service file or PGPASSWORD\n"),
                "\(password.errorOutput)")
        }
        #expect(try await scratch.lobscope("help", "profile").output.hasPrefix("OVERVIEW: Measure"))
    }

    @Test(arguments: [
        ["profile", "--unknown"], ["profile", "--risk", "0%"], ["profile", "--risk", "100%"],
        ["profile", "--risk", "x"],
        ["profile", "--method", "guess"], ["profile", "--sample-by", "luck"],
        ["profile", "--sample-percent", "0"],
        ["profile", "--sample-percent", "101"], ["profile", "--sample-percent", "nan"],
        ["profile", "--jobs", "0"], ["profile", "--scan", "ring", "--method", "sample"],
        ["plan", "--scan", "ring", "--histogram", "sampled"], ["profile", "--scan", "all"],
        ["profile", "--jobs", "1000"], ["profile", "--seed=-1"], ["profile", "--seed", "2147483648"],
        ["profile", "--statement-timeout", "0s"], ["profile", "--statement-timeout", "2d"],
        ["profile", "--headroom", "-5%"],
        ["profile", "--sizing", "bytes"],
        ["profile", "--table", "a.b.c"], ["profile", "--table", "\"open"], ["profile", "--table", ""],
        ["profile", "a", "b"], ["profile", "--password", "x"], ["profile", "--migration-type", "later"],
        ["plan", "--out", "x"], ["render"],
        ["render", "x", "--format", "pdf"], ["compare", "x"], ["snapshots", "list"], ["snapshots", "drop"],
        ["nonsense"], ["--nonsense"], ["demo", "x"], ["fleet", "x"], ["fleet", "--out", "x"],
        ["fleet", "x", "--out", "y", "--parallel", "0"], ["fleet", "x", "--out", "y", "--", "--out", "z"],
        ["fleet", "x", "--out", "y", "--", "--time-budgt", "3s"],
        ["snapshots", "rollup", "x", "--as-of", "soon"], ["profile", "--\u{1B}[31m"],
    ]) func wrongUseIs64(arguments: [String]) async throws {
        let outcome = try await scratch.lobscope(arguments)
        #expect(outcome.status == 64)
        #expect(outcome.stdout.isEmpty)
        #expect(outcome.errorOutput.contains("--help"))
        #expect(UnsafeBytes.found(in: outcome.stderr).isEmpty)
        #expect(try scratch.names(".").isEmpty)
    }
}
