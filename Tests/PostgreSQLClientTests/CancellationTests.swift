import FaultProxy
import Foundation
import PostgreSQLClient
import Testing

@Suite struct CancellationTests {
    private let server: TestServer

    init() async throws { server = try await TestServer.shared() }

    @Test func aCancellerStopsAStatementFromAnotherThread() throws {
        var connection = try server.connect()
        let canceller = connection.canceller()
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.3)
            try? canceller.cancel()
        }
        let start = ContinuousClock.now
        let error = #expect(throws: PostgreSQLError.self) { try connection.execute("select pg_sleep(60)") }
        #expect(error?.sqlState == .queryCanceled)
        #expect(start.duration(to: .now) < .seconds(30))
        print("cancel: \(start.duration(to: .now) - .milliseconds(300))")
        try expectUsable(&connection)
    }

    @Test func aCancellerDoesNothingAfterTheStatementOrTheConnectionEnded() throws {
        let canceller = try endedConnection()
        try canceller.cancel()
    }

    private func endedConnection() throws -> Canceller {
        var connection = try server.connect()
        let canceller = connection.canceller()
        try connection.execute("select 1")
        try canceller.cancel()
        try expectUsable(&connection)
        return canceller
    }

    @Test func cancellingTheTaskStopsTheStatementAndKeepsTheConnection() async throws {
        let task = Task.detached(executorPreference: BlockingExecutor()) { [server] in
            var connection = try server.connect()
            var failure: PostgreSQLError?
            do throws(PostgreSQLError) {
                try connection.execute("select pg_sleep(600)")
            } catch { failure = error }
            // The task is still cancelled, so only a rollback gets through.
            try connection.rollback()
            let isAlive = connection.isAlive
            return (failure, isAlive)
        }
        try await Task.sleep(for: .milliseconds(300))
        task.cancel()
        let (failure, isAlive) = try await task.value
        guard case .cancelled = failure else { throw TestServer.Failure(reason: "\(failure as Any)") }
        #expect(isAlive)
    }

    @Test func cancellingTheTaskStopsAStreamABatchAndACopy() async throws {
        for kind in 0..<3 {
            let task = Task.detached(executorPreference: BlockingExecutor()) { [server] in
                var connection = try server.connect()
                var failure: PostgreSQLError?
                do throws(PostgreSQLError) { try Self.streamForever(&connection, kind) } catch {
                    failure = error
                }
                let status = connection.transactionStatus
                return (failure, status)
            }
            try await Task.sleep(for: .milliseconds(300))
            task.cancel()
            let (failure, status) = try await task.value
            guard case .cancelled = failure else { throw TestServer.Failure(reason: "\(failure as Any)") }
            #expect(status == .idle)
        }
    }

    private static func streamForever(_ connection: inout Connection, _ kind: Int) throws(PostgreSQLError) {
        switch kind {
        case 0:
            try connection.rows("select generate_series(1, 2000000000)") {
                (_: borrowing Row) throws(PostgreSQLError) in
            }
        case 1:
            try connection.batch([
                Statement("begin read only"), Statement("select generate_series(1, 2000000000)"),
                Statement("commit"),
            ]) { (_, _: borrowing Row) throws(PostgreSQLError) in }
        default:
            try connection.copyOut("copy (select generate_series(1, 2000000000)) to stdout (format binary)") {
                (_: borrowing CopyRow) throws(PostgreSQLError) in
            }
        }
    }

    @Test func aDeadlineEndsAStatementAndClosesTheConnection() throws {
        var connection = try server.connect()
        let pid = connection.backendPID
        let error = #expect(throws: PostgreSQLError.self) {
            try connection.execute("select pg_sleep(60)", deadline: .milliseconds(300))
        }
        guard case .deadlineExceeded = error else { throw TestServer.Failure(reason: "\(error as Any)") }
        let isAlive = connection.isAlive
        #expect(!isAlive)
        #expect(error?.isConnectionLost == true)
        #expect(throws: PostgreSQLError.self) { try connection.execute("select 1") }
        try expectBackendGone(pid, server)
    }

    @Test func aDeadlineEndsAStreamThatNeverPauses() throws {
        var connection = try server.connect()
        let error = #expect(throws: PostgreSQLError.self) {
            try connection.rows("select generate_series(1, 2000000000)", deadline: .milliseconds(300)) {
                (_: borrowing Row) throws(PostgreSQLError) in
            }
        }
        guard case .deadlineExceeded = error else { throw TestServer.Failure(reason: "\(error as Any)") }
    }

    @Test func aDeadlineFiresWhileTheServerProcessIsStopped() throws {
        var connection = try server.connect()
        let pid = connection.backendPID
        kill(pid, SIGSTOP)
        defer { kill(pid, SIGCONT) }
        let start = ContinuousClock.now
        let error = #expect(throws: PostgreSQLError.self) {
            try connection.execute("select 1", deadline: .seconds(1))
        }
        guard case .deadlineExceeded = error else { throw TestServer.Failure(reason: "\(error as Any)") }
        #expect(start.duration(to: .now) < .seconds(30))
        print("deadline of 1 s with a stopped server: \(start.duration(to: .now))")
    }

    @Test func aDeadlineFiresWhileALinkSwallowsEverything() throws {
        let proxy = try Proxy(to: server.port)
        defer { proxy.close() }
        var connection = try Connection(
            try Conninfo(server.tcpConninfo(port: proxy.port)), applicationName: "client tests")
        try expectUsable(&connection)
        proxy.isStalled.withLock { $0 = true }
        let error = #expect(throws: PostgreSQLError.self) {
            try connection.copyOut("copy (select 1) to stdout (format binary)", deadline: .milliseconds(500))
            {
                (_: borrowing CopyRow) throws(PostgreSQLError) in
            }
        }
        guard case .deadlineExceeded = error else { throw TestServer.Failure(reason: "\(error as Any)") }
    }

    private func expectBackendGone(_ pid: Int32, _ server: TestServer) throws {
        var watcher = try server.connect()
        for _ in 0..<100 {
            var count: Int64 = -1
            try watcher.rows("select count(*) from pg_stat_activity where pid = \(pid)") {
                (row: borrowing Row) throws(PostgreSQLError) in count = try row.int64(0)
            }
            if count == 0 { return }
            Thread.sleep(forTimeInterval: 0.1)
        }
        Issue.record("the server still runs the statement after 10 s")
    }
}
