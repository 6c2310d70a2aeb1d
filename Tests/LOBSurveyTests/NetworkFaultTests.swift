import EphemeralPostgreSQL
import FaultProxy
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import Testing

/// A network that cuts, truncates and stalls changes no number.
@Suite(.timeLimit(.minutes(5 * Soak.factor))) struct NetworkFaultTests {
    private static let tables = """
        CREATE TABLE t (t text, j jsonb); SELECT lo_from_bytea(0, '\\x0102');
        INSERT INTO t SELECT repeat('x', i % 1500), jsonb_build_array(repeat('y', i % 300)) FROM generate_series(1, 20000) i;
        """

    private struct Setting {
        let cluster: EphemeralCluster
        let proxy: Proxy
        let expected: String

        static func start() async throws -> Setting {
            let cluster = try await EphemeralCluster.start(listenOnLoopback: true)
            try await cluster.psql(tables)
            let expected = try await cluster.psql(
                "SELECT count(*), sum(octet_length(t)), sum(octet_length(j::text)) FROM t")
            return Setting(cluster: cluster, proxy: try Proxy(to: cluster.port), expected: expected)
        }

        /// Profiles through the proxy.
        func profile(
            jobs: Int, statementTimeout: Duration = .seconds(60),
            listener: @escaping @Sendable (SurveyEvent) -> Void = { _ in }
        ) async throws -> Profile {
            let password = try #require(cluster.password)
            let options = SurveyOptions(
                plan: PlanOptions(method: .full), jobs: jobs, chunkTime: .microseconds(200),
                statementTimeout: statementTimeout)
            let conninfo =
                "host=127.0.0.1 port=\(proxy.port) user=postgres password=\(password) dbname=postgres sslmode=disable"
            return try await Survey(try Conninfo(conninfo), options: options, listener: listener).run()
        }

        func expectWhole(_ profile: Profile) throws {
            #expect(profile.unmeasured == [])
            let text = try #require(profile.table("t")?.measurement("t"))
            let jsonb = try #require(profile.table("t")?.measurement("j"))
            #expect(
                "\(text.distribution.rows)|\(text.distribution.sum.bytes)|\(jsonb.distribution.sum.bytes)"
                    == expected)
            #expect(profile.largeObjects?.sizes.sum == ByteCount(2))
        }
    }

    /// Streams that end after a random number of bytes, in the middle of a message or between two.
    @Test(arguments: [1, 2]) func cutAndTruncatedStreamsChangeNoNumber(jobs: Int) async throws {
        let setting = try await Setting.start()
        let proxy = setting.proxy
        let cuts = Mutex(0)
        let cutter = Task {
            while !Task.isCancelled {
                proxy.passes.withLock { rest in
                    guard rest ?? 0 == 0 else { return }
                    rest = Int.random(in: 20_000...120_000)
                    cuts.withLock { $0 += 1 }
                }
                try await Task.sleep(for: .milliseconds(2))
            }
        }
        for _ in 0..<200 * Soak.factor where cuts.withLock({ $0 }) < 50 * Soak.factor {
            do {
                try setting.expectWhole(try await setting.profile(jobs: jobs))
            } catch SurveyError.postgreSQL(let cause) where cause.isRefusedConnection {
                // Cut before there was a connection: an error, and no number at all.
                continue
            }
        }
        cutter.cancel()
        #expect(cuts.withLock { $0 } >= 50 * Soak.factor)
        proxy.close()
        await setting.cluster.stop()
    }

    /// The link is alive and nothing arrives: the client's own deadline finds that.
    @Test func aStalledStreamChangesNoNumber() async throws {
        let setting = try await Setting.start()
        let proxy = setting.proxy
        let chunks = Atomic<Int>(0)
        let reconnections = Atomic<Int>(0)
        let profile = try await setting.profile(jobs: 2, statementTimeout: .seconds(1)) { event in
            switch event {
            case .read:
                guard chunks.add(1, ordering: .relaxed).newValue == 10 else { return }
                proxy.isStalled.withLock { $0 = true }
            case .reconnecting:
                reconnections.add(1, ordering: .relaxed)
                proxy.isStalled.withLock { $0 = false }
            default: break
            }
        }
        #expect(reconnections.load(ordering: .relaxed) > 0)
        try setting.expectWhole(profile)
        proxy.close()
        await setting.cluster.stop()
    }
}
