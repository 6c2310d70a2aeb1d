import Foundation
import PostgreSQLClient
import Testing

@Suite(.serialized) struct StreamTests {
    private let server: TestServer

    init() async throws { server = try await TestServer.shared() }

    @Test func aMillionRowsAreStreamedInConstantMemory() throws {
        var connection = try server.connect()
        try connection.execute("select 1")
        let before = try residentKiB()
        var sum: Int64 = 0
        var largest = before
        try connection.rows("select g::int8, repeat('x', 100) from generate_series(1, 1000000) g") {
            (row: borrowing Row) throws(PostgreSQLError) in
            let value = try row.int64(0)
            sum += value
            if value.isMultiple(of: 100_000) { largest = max(largest, (try? residentKiB()) ?? .max) }
        }
        #expect(sum == 500_000_500_000)
        #expect(largest - before < 30 * 1024)
        print("rows: resident memory grew by \(largest - before) KiB")
    }

    @Test func aMillionTuplesAreCopiedInConstantMemory() throws {
        var connection = try server.connect()
        let before = try residentKiB()
        var sum: Int64 = 0
        try connection.copyOut(
            "copy (select g::int8, repeat('x', 100) from generate_series(1, 1000000) g) to stdout (format binary)"
        ) { (row: borrowing CopyRow) throws(PostgreSQLError) in sum += try row.int64(0) }
        #expect(sum == 500_000_500_000)
        let growth = try residentKiB() - before
        #expect(growth < 30 * 1024)
        print("copy: resident memory grew by \(growth) KiB")
    }

    @Test func copyGivesTheSameValuesAsRows() throws {
        var connection = try server.connect()
        let query: SQL = """
            select g, case when g % 3 = 0 then null else repeat(md5(g::text), g % 50) end as t,
                   decode(md5(g::text), 'hex') as b, g / 7.0::float8 as f, ''::text as e
            from generate_series(1, 5000) g
            """
        var rows: [[[UInt8]?]] = []
        try connection.rows(query) { (row: borrowing Row) throws(PostgreSQLError) in
            rows.append(try values(row))
        }
        var tuples: [[[UInt8]?]] = []
        try connection.copyOut("copy (\(query)) to stdout (format binary)") {
            (row: borrowing CopyRow) throws(PostgreSQLError) in tuples.append(try values(row))
        }
        #expect(rows.count == 5000)
        #expect(rows == tuples)
    }

    @Test func anEmptyCopyHasNoTuples() throws {
        var connection = try server.connect()
        var count = 0
        try connection.copyOut("copy (select 1 where false) to stdout (format binary)") {
            (_: borrowing CopyRow) throws(PostgreSQLError) in count += 1
        }
        #expect(count == 0)
    }

    @Test func aCopyThatIsNotBinaryIsRefusedAndTheConnectionStaysUsable() throws {
        var connection = try server.connect()
        var failure: PostgreSQLError?
        do throws(PostgreSQLError) {
            try connection.copyOut("copy (select 1) to stdout") {
                (_: borrowing CopyRow) throws(PostgreSQLError) in
            }
        } catch { failure = error }
        guard case .protocolViolation = failure else { throw TestServer.Failure(reason: "\(failure as Any)") }
        try expectUsable(&connection)
        #expect(throws: PostgreSQLError.self) { try connection.execute("copy (select 1) to stdout") }
        try expectUsable(&connection)
    }

    @Test func aRowOverTheCapIsRefused() throws {
        var connection = try server.connect()
        #expect(throws: PostgreSQLError.self) {
            try connection.copyOut(
                "copy (select repeat('x', 2000000)) to stdout (format binary)", maximumRowBytes: 1_000_000
            ) { (_: borrowing CopyRow) throws(PostgreSQLError) in }
        }
        try expectUsable(&connection)
    }

    @Test(arguments: [true, false])
    func aBodyThatThrowsLeavesTheConnectionUsable(early: Bool) throws {
        var connection = try server.connect()
        let rows: Int32 = early ? 30_000_000 : 20
        for _ in 0..<5 {
            var seen = 0
            #expect(throws: PostgreSQLError.self) {
                try connection.rows("select generate_series(1, \(rows))") {
                    (row: borrowing Row) throws(PostgreSQLError) in
                    seen += 1
                    if seen == 10 { throw .decoding(column: 0, expected: "anything else") }
                }
            }
            try expectUsable(&connection)
            #expect(throws: PostgreSQLError.self) {
                try connection.copyOut("copy (select generate_series(1, \(rows))) to stdout (format binary)")
                {
                    (row: borrowing CopyRow) throws(PostgreSQLError) in
                    throw .decoding(column: 0, expected: "no")
                }
            }
            try expectUsable(&connection)
        }
    }

    private func values(_ row: borrowing Row) throws(PostgreSQLError) -> [[UInt8]?] {
        var values: [[UInt8]?] = []
        for column in 0..<row.count { values.append(try row.optionalBytes(column)) }
        return values
    }

    private func residentKiB() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        for line in status.split(separator: "\n") where line.hasPrefix("VmRSS:") {
            if let kibibytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
                .flatMap({ Int($0) })
            {
                return kibibytes
            }
        }
        throw TestServer.Failure(reason: "no VmRSS")
    }
}

/// Runs a statement and checks its answer.
func expectUsable(_ connection: inout Connection) throws {
    let isAlive = connection.isAlive
    #expect(isAlive)
    var answer: Int64 = 0
    try connection.rows("select 42::int8") { (row: borrowing Row) throws(PostgreSQLError) in
        answer = try row.int64(0)
    }
    #expect(answer == 42)
}
