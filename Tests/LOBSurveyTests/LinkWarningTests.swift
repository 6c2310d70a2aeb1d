import EphemeralPostgreSQL
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import Synchronization
import Testing

/// A connection over TCP on this machine is no network.
@Suite struct LinkWarningTests {
    @Test func aLoopbackConnectionIsNotWarnedOf() async throws {
        let cluster = try await EphemeralCluster.start(listenOnLoopback: true)
        let password = try #require(cluster.password)
        let warnings = Mutex(0)
        let conninfo = try Conninfo(
            "host=127.0.0.1 port=\(cluster.port) user=postgres password=\(password) dbname=postgres sslmode=disable"
        )
        let profile = try await Survey(conninfo, options: SurveyOptions()) { event in
            if case .linkUnverified = event { warnings.withLock { $0 += 1 } }
        }.run()
        #expect(profile.server.isLinkUnverified == false)
        #expect(warnings.withLock { $0 } == 0)
        #expect(!Recommender(profile).recommend().findings.contains { $0.id == "link-unverified" })
        await cluster.stop()
    }
}
