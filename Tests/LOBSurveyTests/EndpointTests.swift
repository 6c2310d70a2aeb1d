import EphemeralPostgreSQL
import Foundation
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import Testing

/// An endpoint may lead each connection to another server: what is on two of them is never added up.
@Suite(.timeLimit(.minutes(5))) struct EndpointTests {
    /// One name for several servers.
    private final class Endpoint: Sendable {
        private let folder: URL
        private let servers: [EphemeralCluster]
        private let turn = Mutex(0)

        init(_ servers: [EphemeralCluster]) throws {
            self.servers = servers
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("lob-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try lead(to: 0)
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        var conninfo: String { "host=\(folder.path) port=5432 user=postgres dbname=postgres" }

        /// Leads to the next server.
        func turnOver() {
            do {
                try lead(
                    to: turn.withLock { turn in
                        turn = (turn + 1) % servers.count
                        return turn
                    })
            } catch {
                Issue.record(error)
            }
        }

        private func lead(to index: Int) throws {
            let link = folder.appendingPathComponent(".s.PGSQL.5432").path
            let server = servers[index]
            try? FileManager.default.removeItem(atPath: link)
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: "\(server.socketDirectory)/.s.PGSQL.\(server.port)")
        }
    }

    private struct Heard {
        var elsewhere = 0
        var hasTurned = false
    }

    /// - Parameter comesBack: whether the endpoint also leads back to the server that the survey began with.
    @Test(arguments: [true, false]) func largeObjectsOfTwoServersAreNotAddedUp(comesBack: Bool) async throws {
        var (servers, whole): ([EphemeralCluster], [String]) = ([], [])
        for size in [2, 3] {
            let server = try await EphemeralCluster.start()
            try await server.psql(
                """
                SELECT count(lo_from_bytea(1000 * \(size) + i, decode(repeat('ab', \(size) + i % 20), 'hex')))
                  FROM generate_series(1, 20000) i
                """)
            servers.append(server)
            whole.append(
                try await server.psql("SELECT count(*), sum(octet_length(data)) FROM pg_largeobject"))
        }
        var wasElsewhere = false
        for _ in 0..<10 where !wasElsewhere {
            let endpoint = try Endpoint(servers)
            let heard = Mutex(Heard())
            let profile = try await Self.losingObjects(of: servers[0], at: endpoint.conninfo) { event in
                guard case .reconnecting(let reason, _) = event else { return }
                let turns = heard.withLock { heard in
                    defer { heard.hasTurned = true }
                    if reason.contains("another server") { heard.elsewhere += 1 }
                    return comesBack || !heard.hasTurned
                }
                if turns { endpoint.turnOver() }
            }
            wasElsewhere = heard.withLock(\.elsewhere) > 0
            let isGone = !comesBack && wasElsewhere
            #expect(Set(profile.unmeasured.map(\.reason)) == (isGone ? [.otherServer] : []))
            // All that is in a profile is of the server that the survey began with.
            let objects = profile.largeObjects
            #expect(
                objects.map { "\($0.count)|\($0.sizes.sum.bytes)" } == whole[0] || isGone && objects == nil)
        }
        #expect(wasElsewhere)
        for server in servers { await server.stop() }
    }

    /// A survey that loses its connection to a server, most likely while it measures large objects.
    private static func losingObjects(
        of server: EphemeralCluster, at conninfo: String, listener: @escaping @Sendable (SurveyEvent) -> Void
    ) async throws -> Profile {
        let (reached, reach) = AsyncStream.makeStream(of: Void.self)
        let kill = Task {
            for await _ in reached { break }
            try await server.psql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lobscope'")
        }
        let options = SurveyOptions(plan: PlanOptions(method: .full), chunkTime: .microseconds(300))
        let profile = try await Survey(try Conninfo(conninfo), options: options) { event in
            if case .largeObjects = event { reach.yield() }
            listener(event)
        }.run()
        reach.finish()
        try await kill.value
        return profile
    }
}
