import EphemeralPostgreSQL
import FaultProxy
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import TestSupport
import Testing

/// An endpoint that leads each connection to another of several servers: the figures are those of one of them, or the survey says
/// that it met several.
@Suite(.timeLimit(.minutes(5))) struct ReaderEndpointTests {
    /// Rows whose sizes tell the server that they are on: all even, or all odd.
    private static func tables(odd: Int) -> String {
        """
        CREATE TABLE t (t text); CREATE TABLE u (t text); CREATE TABLE tiny (t text); CREATE TABLE small (t text);
        INSERT INTO t SELECT repeat('x', i % 700 * 2 + \(odd)) FROM generate_series(1, 40000) i;
        INSERT INTO u SELECT repeat('x', i % 700 * 2 + \(odd)) FROM generate_series(1, 20000) i;
        INSERT INTO tiny SELECT repeat('x', 2 + \(odd)); INSERT INTO small SELECT repeat('x', 200 + \(odd)) FROM generate_series(1, 50);
        SELECT lo_from_bytea(50000 + i, decode(repeat('00', 20 + \(odd)), 'hex')) FROM generate_series(1, 3000) i;
        ANALYZE;
        """
    }

    /// The figures of one server by plain SQL, in the order of ``figures(of:)``.
    private static let oracle = """
        SELECT string_agg(concat(n, ' ', c, ' ', s), ', ' ORDER BY n) FROM (
          SELECT 't' n, count(*) c, sum(octet_length(t)) s FROM t UNION ALL SELECT 'u', count(*), sum(octet_length(t)) FROM u
          UNION ALL SELECT 'tiny', count(*), sum(octet_length(t)) FROM tiny
          UNION ALL SELECT 'small', count(*), sum(octet_length(t)) FROM small
          UNION ALL SELECT 'lo', count(*), sum(octet_length(data)) FROM pg_largeobject) f
        """

    private static func figures(of profile: Profile) -> [String] {
        var figures = profile.tables.compactMap { table -> String? in
            guard let sizes = table.measurement("t")?.distribution else { return nil }
            return "\(table.relation.name.name.losslessText) \(sizes.rows) \(sizes.sum.bytes)"
        }
        if let objects = profile.largeObjects {
            figures.append("lo \(objects.sizes.rows) \(objects.sizes.sum.bytes)")
        }
        return figures.sorted()
    }

    private static func oracle(of cluster: EphemeralCluster) async throws -> [String] {
        try await cluster.psql(oracle).split(separator: ",").map { $0.trimmingPrefix(" ") }.map(String.init)
            .sorted()
    }

    /// Two servers that hold tables of the same names, and other rows.
    private struct Servers {
        let first: EphemeralCluster
        let second: EphemeralCluster

        static func start() async throws -> Servers {
            let first = try await EphemeralCluster.start(listenOnLoopback: true)
            let second = try await EphemeralCluster.start(listenOnLoopback: true)
            try await first.psql(tables(odd: 0))
            try await second.psql(tables(odd: 1))
            // One password for both, as behind one endpoint.
            for cluster in [first, second] {
                try await cluster.psql("ALTER ROLE postgres PASSWORD 'endpoint'")
            }
            return Servers(first: first, second: second)
        }

        /// The figures of each.
        func oracles() async throws -> [[String]] {
            [try await oracle(of: first), try await oracle(of: second)]
        }

        func stop() async {
            await first.stop()
            await second.stop()
        }
    }

    private static func survey(
        through proxy: Proxy, jobs: Int = 2, isConsistent: Bool = false, throttle: Throttle = Throttle(),
        snapshotLimit: Duration = .seconds(900),
        listener: @escaping @Sendable (SurveyEvent) -> Void = { _ in }
    ) async throws -> Profile {
        let options = SurveyOptions(
            plan: PlanOptions(method: .full), jobs: jobs, chunkTime: .microseconds(500),
            isConsistent: isConsistent, snapshotLimit: snapshotLimit, throttle: throttle)
        return try await Survey(
            try Conninfo(
                "host=127.0.0.1 port=\(proxy.port) user=postgres password=endpoint dbname=postgres sslmode=disable"
            ),
            options: options, listener: listener
        ).run()
    }

    /// How connections are spread.
    private enum Spread: CaseIterable {
        /// One here, one there.
        case alternating
        /// By chance.
        case random

        func proxy(_ servers: Servers) throws -> Proxy {
            let ports = [servers.first.port, servers.second.port]
            switch self {
            case .alternating: return try Proxy { ports[$0 % 2] }
            case .random:
                let random = Mutex(SeededGenerator(seed: 5))
                return try Proxy { _ in random.withLock { ports.randomElement(using: &$0) ?? ports[0] } }
            }
        }
    }

    @Test func figuresAreThoseOfOneServer() async throws {
        let servers = try await Servers.start()
        let known = try await servers.oracles()
        #expect(known[0] != known[1])
        for (spread, isConsistent, jobs) in [
            (Spread.alternating, false, 1), (.alternating, false, 2), (.alternating, true, 2),
            (.random, false, 1),
            (.random, false, 4), (.random, true, 2),
        ] {
            let proxy = try spread.proxy(servers)
            let profile = try await Self.survey(through: proxy, jobs: jobs, isConsistent: isConsistent)
            let what = "\(spread), \(isConsistent ? "consistent, " : "")\(jobs) jobs"
            #expect(profile.unmeasured == [], "\(what)")
            #expect(known.contains(Self.figures(of: profile)), "\(what): \(Self.figures(of: profile))")
            #expect(profile.tables.allSatisfy { $0.reading?.certainty == .oneMoment }, "\(what)")
            proxy.close()
        }
        await servers.stop()
    }

    /// Connections are lost and snapshots given up all the time.
    @Test func lostConnectionsMixNoServers() async throws {
        let servers = try await Servers.start()
        let known = try await servers.oracles()
        let proxy = try Spread.random.proxy(servers)
        let isDone = Mutex(false)
        let killer = Task.detached(executorPreference: BlockingExecutor()) {
            var connections: [String] = []
            for cluster in [servers.first, servers.second] { connections.append(cluster.conninfo()) }
            while !isDone.withLock(\.self) {
                for conninfo in connections {
                    var connection = try Connection(Conninfo(conninfo), applicationName: "killer")
                    try connection.execute("SELECT pg_sleep(1)")
                    try connection.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lobscope'"
                    )
                }
            }
        }
        var wholes = 0
        for _ in 0..<3 {
            do {
                let profile = try await Self.survey(through: proxy, snapshotLimit: .milliseconds(100))
                guard profile.isComplete else {
                    let reasons = Set(profile.unmeasured.map(\.reason))
                    #expect(reasons.isSubset(of: [.otherServer, .connectionLost]), "\(profile.unmeasured)")
                    continue
                }
                #expect(known.contains(Self.figures(of: profile)), "\(Self.figures(of: profile))")
                wholes += 1
            } catch SurveyError.postgreSQL(let cause) where cause.isConnectionLost || cause.sqlState != nil {
                // No figure at all.
                continue
            }
        }
        #expect(wholes > 0)
        isDone.withLock { $0 = true }
        try await killer.value
        proxy.close()
        await servers.stop()
    }

    /// The server that the survey began with is not led to any more.
    @Test(arguments: [0, 1]) func aServerThatIsGoneIsNamed(smallTablesToo: Int) async throws {
        let servers = try await Servers.start()
        let ports = [servers.first.port, servers.second.port]
        // The first connection reads the catalog, the others would read the tables.
        let proxy = try Proxy { $0 <= smallTablesToo ? ports[0] : ports[1] }
        let start = ContinuousClock.now
        let first = servers.first
        let killed = Mutex(false)
        let profile = try await Self.survey(through: proxy) { event in
            guard case .planned = event,
                !killed.withLock({ old in
                    defer { old = true }; return old
                })
            else { return }
            // What the survey keeps of the first server is lost.
            do {
                var connection = try Connection(Conninfo(first.conninfo()), applicationName: "killer")
                try connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lobscope'"
                )
            } catch {
                Issue.record(error)
            }
        }
        #expect(!profile.isComplete)
        #expect(Set(profile.unmeasured.map(\.reason)) == [.otherServer], "\(profile.unmeasured)")
        #expect(profile.tables.allSatisfy { $0.measurement("t") == nil })
        #expect(profile.largeObjects == nil)
        #expect(start.duration(to: .now) < .seconds(40))
        proxy.close()
        await servers.stop()
    }

    /// A primary and its replica hold the same rows, and each has moments of its own.
    @Test func aPrimaryAndItsReplicaAreNotMixed() async throws {
        let primary = try await EphemeralCluster.start(listenOnLoopback: true)
        try await primary.psql(Self.tables(odd: 0) + "ALTER ROLE postgres PASSWORD 'endpoint';")
        let replica = try await primary.startReplica()
        let ports = [primary.port, replica.port]
        let expected = try await Self.oracle(of: primary)
        for turn in 0..<2 {
            let proxy = try Proxy { ports[($0 + turn) % 2] }
            let profile = try await Self.survey(through: proxy, jobs: 3)
            #expect(profile.unmeasured == [])
            #expect(Self.figures(of: profile) == expected)
            let isReplica = profile.server.isReplica
            #expect(profile.tables.allSatisfy { ($0.reading?.moment.replica != nil) == isReplica })
            #expect((profile.certificate?.replica != nil) == isReplica)
            proxy.close()
        }
        await replica.stop()
        await primary.stop()
    }
}
