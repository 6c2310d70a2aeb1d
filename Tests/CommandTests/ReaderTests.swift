import EphemeralPostgreSQL
import TestSupport
import Testing

/// `--reader` on the command line.
@Suite(.timeLimit(.minutes(5))) struct ReaderTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    @Test func readersAreNamedWithoutTheirSecrets() async throws {
        let primary = try await EphemeralCluster.start(listenOnLoopback: true)
        try await primary.psql(
            "CREATE TABLE t (id int PRIMARY KEY, t text); INSERT INTO t SELECT i, repeat('x', i) FROM generate_series(1, 99) i"
        )
        let replica = try await primary.startReplica()
        let (main, reader) = (primary.conninfo(), try #require(replica.loopbackConninfo()))
        let plan = try await scratch.lobscope(
            "plan", main, "--reader", reader, "--reader", main, "--jobs", "3")
        #expect(plan.status == 0)
        #expect(plan.output.contains("on 6 connections"), "\(plan.output)")
        let profile = try await scratch.lobscope("profile", main, "--reader", reader, "--out", "report", "-v")
        #expect(profile.status == 0, "\(profile.stderr)")
        let report = try await scratch.lobscope("render", "report", "--format", "report-json")
        #expect(report.output.contains("\"reader\": \"127.0.0.1:\(replica.port)\""), "\(report.output)")
        let page = try scratch.text("report/report.md")
        #expect(page.contains("**Reader `127.0.0.1`") && page.contains("\(replica.port)"), "\(page)")
        let password = try #require(replica.password)
        for text in [plan.output, profile.output, report.output, page] { #expect(!text.contains(password)) }
        await replica.stop()
        await primary.stop()
    }

    @Test func anotherClusterIsRefused() async throws {
        let primary = try await EphemeralCluster.start()
        let stranger = try await EphemeralCluster.start()
        let run = try await scratch.lobscope(
            "profile", primary.conninfo(), "--reader", stranger.conninfo(), "--out", "report")
        #expect(run.status == 1)
        #expect(try scratch.names(".").isEmpty)
        let consistent = try await scratch.lobscope(
            "profile", primary.conninfo(), "--reader", stranger.conninfo(), "--consistent")
        #expect(consistent.status == 64)
        await stranger.stop()
        await primary.stop()
    }
}
