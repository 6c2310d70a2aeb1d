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
        ["snapshots", "show"], ["snapshots", "verify"], ["demo"], ["lint"], ["truncations"],
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
        #expect(try await scratch.lobscope("--version").output == "0.1.0\n")
    }

    @Test(arguments: [
        ["profile", "--unknown"], ["profile", "--risk", "0"], ["profile", "--risk", "1"],
        ["profile", "--risk", "x"],
        ["profile", "--method", "guess"], ["profile", "--sample-by", "luck"],
        ["profile", "--sample-percent", "0"],
        ["profile", "--sample-percent", "101"], ["profile", "--sample-percent", "nan"],
        ["profile", "--jobs", "0"], ["profile", "--scan", "ring", "--method", "sample"],
        ["plan", "--scan", "ring", "--histogram", "sampled"], ["profile", "--scan", "all"],
        ["profile", "--jobs", "1000"], ["profile", "--seed=-1"], ["profile", "--seed", "2147483648"],
        ["profile", "--statement-timeout", "0"], ["profile", "--headroom", "-5%"],
        ["profile", "--sizing", "bytes"],
        ["profile", "--table", "a.b.c"], ["profile", "--table", "\"open"], ["profile", "--table", ""],
        ["profile", "a", "b"], ["profile", "--password", "x"], ["profile", "--migration-type", "later"],
        ["plan", "--out", "x"], ["render"],
        ["render", "x", "--format", "pdf"], ["compare", "x"], ["snapshots", "list"], ["snapshots", "drop"],
        ["nonsense"], ["--nonsense"], ["demo", "x"], ["profile", "--\u{1B}[31m"],
    ]) func wrongUseIs64(arguments: [String]) async throws {
        let outcome = try await scratch.lobscope(arguments)
        #expect(outcome.status == 64)
        #expect(outcome.stdout.isEmpty)
        #expect(outcome.errorOutput.contains("--help"))
        #expect(UnsafeBytes.found(in: outcome.stderr).isEmpty)
        #expect(try scratch.names(".").isEmpty)
    }
}
