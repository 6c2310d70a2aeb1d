import FaultProxy
import Foundation
import PostgreSQLClient
import Testing

@Suite struct LossTests {
    private let server: TestServer

    init() async throws { server = try await TestServer.shared() }

    @Test(arguments: [true, false])
    func aTerminatedBackendIsReportedWithItsReason(whileRunning: Bool) throws {
        var connection = try server.connect()
        let pid = connection.backendPID
        if whileRunning {
            Thread.detachNewThread {
                Thread.sleep(forTimeInterval: 0.3)
                try? Self.terminate(pid, server)
            }
        } else {
            try Self.terminate(pid, server)
            Thread.sleep(forTimeInterval: 0.2)
        }
        let error = try #require(throws: PostgreSQLError.self) {
            try connection.execute("select pg_sleep(20)")
        }
        #expect(error.sqlState == .adminShutdown)
        #expect(error.isConnectionLost)
        let isAlive = connection.isAlive
        #expect(!isAlive)
        #expect(throws: PostgreSQLError.self) { try connection.execute("select 1") }
    }

    @Test func aTerminatedBackendEndsABatchAndACopy() throws {
        for kind in 0..<2 {
            var connection = try server.connect()
            let pid = connection.backendPID
            Thread.detachNewThread {
                Thread.sleep(forTimeInterval: 0.2)
                try? Self.terminate(pid, server)
            }
            let error = try #require(throws: PostgreSQLError.self) {
                if kind == 0 {
                    try connection.batch([
                        Statement("begin"), Statement("select generate_series(1, 2000000000)"),
                    ]) {
                        (_, _: borrowing Row) throws(PostgreSQLError) in
                    }
                } else {
                    try connection.copyOut(
                        "copy (select generate_series(1, 2000000000)) to stdout (format binary)"
                    ) {
                        (_: borrowing CopyRow) throws(PostgreSQLError) in
                    }
                }
            }
            #expect(error.isConnectionLost, "\(error)")
        }
    }

    private static func terminate(_ pid: Int32, _ server: TestServer) throws {
        var other = try server.connect()
        try other.execute("select pg_terminate_backend(\(pid))")
    }

    @Test func aStreamCutAtAnyByteIsAnErrorAndNeverAWrongNumber() throws {
        let offsets = Array(0..<900) + stride(from: 900, to: 24_000, by: 97)
        var completed = 0
        for offset in offsets {
            let proxy = try Proxy(to: server.port, passing: offset)
            defer { proxy.close() }
            do throws(PostgreSQLError) {
                var connection = try Connection(
                    try Conninfo(server.tcpConninfo(port: proxy.port)), applicationName: "client tests")
                try sumOverBatchAndCopy(&connection)
                completed += 1
            } catch {
                #expect(!error.description.contains(server.password))
            }
        }
        // The largest offsets lie behind the end of the stream, else the cuts did not reach it.
        #expect(completed > 0 && completed < offsets.count / 2)
    }

    private func sumOverBatchAndCopy(_ connection: inout Connection) throws(PostgreSQLError) {
        var sum: Int64 = 0
        try connection.batch(
            [
                Statement("begin read only"), Statement("select generate_series(1, 500)::int8"),
                Statement("commit"),
            ],
            deadline: .seconds(20)
        ) { (_, row: borrowing Row) throws(PostgreSQLError) in sum += try row.int64(0) }
        #expect(sum == 125_250)
        sum = 0
        try connection.copyOut(
            "copy (select generate_series(1, 500)) to stdout (format binary)", deadline: .seconds(20)
        ) {
            (row: borrowing CopyRow) throws(PostgreSQLError) in sum += try row.int64(0)
        }
        #expect(sum == 125_250)
    }

    @Test func whatTheServerSaysInNoticesIsNotPrinted() throws {
        var connection = try server.connect()
        try connection.execute("do $$ begin raise warning 'notice that nobody may see'; end $$")
        try expectUsable(&connection)
    }
}
