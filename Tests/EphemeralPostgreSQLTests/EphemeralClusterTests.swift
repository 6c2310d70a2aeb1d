import EphemeralPostgreSQL
import Foundation
import TestSupport
import Testing

@Suite(.enabled("PostgreSQL server programs are installed") { await SharedCluster.isAvailable() })
struct EphemeralClusterTests {
    @Test func startsAnswersAndLeavesNothingBehind() async throws {
        let cluster = try await EphemeralCluster.start()
        let pid = try #require(cluster.postmasterPID)
        #expect(try await cluster.psql("SELECT 6 * 7") == "42")
        #expect(ProcessTable.isAlive(pid))
        #expect(cluster.serverVersion >= 120_000)
        #expect(cluster.socketDirectory.utf8.count < 90)

        await cluster.stop()
        #expect(!ProcessTable.isAlive(pid))
        #expect(!FileManager.default.fileExists(atPath: cluster.directory))
        await cluster.stop()
    }

    @Test func forgottenClusterIsStoppedAndRemoved() async throws {
        var cluster: EphemeralCluster? = try await EphemeralCluster.start()
        let pid = try #require(cluster?.postmasterPID)
        let directory = try #require(cluster?.directory)
        cluster = nil
        #expect(try await ProcessTable.isGone(pid, andFolder: directory))
    }

    @Test func killedOwnerIsCleanedUpAfter() async throws {
        let owner = try await ClusterOwner.start()
        #expect(ProcessTable.isAlive(owner.postmaster))
        let others = try await SharedCluster.process.cluster()

        try owner.kill(with: SIGKILL)
        #expect(try await ProcessTable.isGone(owner.postmaster, andFolder: owner.directory))
        #expect(try await others.psql("SELECT 1") == "1", "another server was touched")
    }

    @Test func interruptedOwnerIsCleanedUpAfter() async throws {
        let owner = try await ClusterOwner.start()
        try owner.kill(with: SIGINT)
        #expect(try await ProcessTable.isGone(owner.postmaster, andFolder: owner.directory))
    }

    @Test func keptServerOutlivesItsOwner() async throws {
        var cluster: EphemeralCluster? = try await EphemeralCluster.start()
        let pid = try #require(cluster?.postmasterPID)
        let directory = try #require(cluster?.directory)
        await cluster?.keepRunning()
        await cluster?.stop()
        cluster = nil
        try await Task.sleep(for: .seconds(1))
        #expect(ProcessTable.isAlive(pid))
        #expect(FileManager.default.fileExists(atPath: directory))

        #expect(kill(pid, SIGINT) == 0)
        for _ in 0..<200 where ProcessTable.isAlive(pid) { try await Task.sleep(for: .milliseconds(50)) }
        #expect(!ProcessTable.isAlive(pid))
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test func failedStartLeavesNothingBehind() async throws {
        let error = await #expect(throws: ClusterError.self) {
            _ = try await EphemeralCluster.start(settings: ["shared_preload_libraries": "no_such_library"])
        }
        guard case .notStarted(let log) = error else {
            Issue.record("not a failed start: \(String(describing: error))")
            return
        }
        #expect(log.contains("no_such_library"))
    }

    @Test func restartKeepsDataAndChangesProcess() async throws {
        let cluster = try await EphemeralCluster.start()
        let before = try #require(cluster.postmasterPID)
        try await cluster.psql("CREATE TABLE kept AS SELECT 1 AS x; CHECKPOINT")
        for mode in [ShutdownMode.fast, .immediate] {
            try await cluster.restart(mode: mode)
            #expect(try await cluster.psql("SELECT x FROM kept") == "1")
        }
        let after = try #require(cluster.postmasterPID)
        #expect(after != before)
        await cluster.stop()
        #expect(!ProcessTable.isAlive(after))
    }

    @Test func replicaStreamsAndIsReadOnly() async throws {
        let primary = try await EphemeralCluster.start()
        let replica = try await primary.startReplica(settings: ["max_standby_streaming_delay": "0"])
        #expect(try await replica.psql("SELECT pg_is_in_recovery()") == "t")
        #expect(try await replica.psql("SHOW max_standby_streaming_delay") == "0")

        try await primary.psql("CREATE TABLE streamed AS SELECT 7 AS x")
        let target = try await primary.psql("SELECT pg_current_wal_flush_lsn()")
        let caughtUp = "SELECT pg_last_wal_replay_lsn() >= '\(target)'"
        for _ in 0..<200 where try await replica.psql(caughtUp) != "t" {
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(try await replica.psql("SELECT x FROM streamed") == "7")
        await replica.stop()
        #expect(try await primary.psql("SELECT 1") == "1")
        await primary.stop()
    }

    @Test func loopbackAsksForThePassword() async throws {
        let cluster = try await EphemeralCluster.start(listenOnLoopback: true)
        let conninfo = try #require(cluster.loopbackConninfo())
        let password = try #require(cluster.password)
        #expect(try await cluster.psql("SHOW listen_addresses") == "127.0.0.1")
        #expect(try await ConnectionAttempt.answer(conninfo) == "scram-sha-256")
        let wrong = conninfo.replacing(password, with: "wrong")
        #expect(try await ConnectionAttempt.answer(wrong) == nil)
        await cluster.stop()
    }

    @Test func socketServerDoesNotListenOnAnyAddress() async throws {
        let cluster = try await SharedCluster.process.cluster()
        #expect(try await cluster.psql("SHOW listen_addresses") == "")
        #expect(cluster.loopbackConninfo() == nil)
    }

    @Test func callersSettingsWinOverDefaults() async throws {
        let cluster = try await EphemeralCluster.start(
            settings: ["autovacuum": "on", "application_name": #"it's a \ name"#],
            extraInitdbArguments: ["--data-checksums"])
        #expect(try await cluster.psql("SHOW autovacuum") == "on")
        #expect(try await cluster.psql("SHOW data_checksums") == "on")
        #expect(try await cluster.psql("SHOW fsync") == "off")
        await cluster.stop()
        await #expect(throws: ClusterError.invalidSetting("a = b")) {
            _ = try await EphemeralCluster.start(settings: ["a = b": "1"])
        }
    }
}
