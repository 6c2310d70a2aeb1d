import PostgreSQLClient
import Testing

@Suite struct BatchTests {
    private let server: TestServer

    init() async throws { server = try await TestServer.shared() }

    @Test func allStatementsRunInOneTransactionAndRowsCarryTheirStatement() throws {
        var connection = try server.connect()
        var seen: [Int: Int64] = [:]
        try connection.batch([
            Statement("begin read only"),
            Statement("select pg_catalog.set_config('statement_timeout', $1, true)", [.text("4321ms")]),
            Statement("select count(*) from generate_series(1, 100)"),
            Statement(
                "select current_setting('statement_timeout') = '4321ms', g from generate_series(1, 3000) g"),
            Statement("commit"),
        ]) { (index, row: borrowing Row) throws(PostgreSQLError) in
            seen[index, default: 0] += 1
            if index == 2 { #expect(try row.int64(0) == 100) }
            if index == 3 { #expect(try row.bool(0)) }
        }
        #expect(seen == [1: 1, 2: 1, 3: 3000])
        #expect(connection.transactionStatus == .idle)
        try expectUsable(&connection)
    }

    @Test func anErrorRollsBackAndNamesTheStatement() throws {
        var connection = try server.connect()
        try connection.execute("create table batch_atomic (a int)")
        for _ in 0..<20 {
            var failure: PostgreSQLError?
            do throws(PostgreSQLError) {
                try connection.batch([
                    Statement("begin"), Statement("insert into batch_atomic values (1)"),
                    Statement("select 1 from no_such_table"),
                    Statement("insert into batch_atomic values (2)"),
                    Statement("commit"),
                ]) { (_, _: borrowing Row) throws(PostgreSQLError) in }
            } catch { failure = error }
            guard case .server(let error) = failure else {
                throw TestServer.Failure(reason: "\(failure as Any)")
            }
            #expect(error.sqlState == .undefinedTable)
            #expect(error.statementIndex == 2)
            #expect(connection.transactionStatus == .idle)
            try expectUsable(&connection)
        }
        try connection.rows("select count(*) from batch_atomic") {
            (row: borrowing Row) throws(PostgreSQLError) in #expect(try row.int64(0) == 0)
        }
        try connection.execute("drop table batch_atomic")
    }

    @Test(arguments: [5, 50_000_000])
    func aBodyThatThrowsInABatchRollsBack(rows: Int) throws {
        var connection = try server.connect()
        for _ in 0..<3 {
            #expect(throws: PostgreSQLError.self) {
                try connection.batch([
                    Statement("begin read only"), Statement("select generate_series(1, \(rows))"),
                    Statement("commit"),
                ]) { (_, _: borrowing Row) throws(PostgreSQLError) in
                    throw .decoding(column: 0, expected: "no")
                }
            }
            #expect(connection.transactionStatus == .idle)
            try expectUsable(&connection)
        }
    }

    @Test func aStatementTimeoutInABatchIsReportedAndRolledBack() throws {
        var connection = try server.connect()
        let error = #expect(throws: PostgreSQLError.self) {
            try connection.batch([
                Statement("begin read only"),
                Statement("select pg_catalog.set_config('statement_timeout', '50ms', true)"),
                Statement("select pg_sleep(5)"), Statement("commit"),
            ]) { (_, _: borrowing Row) throws(PostgreSQLError) in }
        }
        #expect(error?.sqlState == .queryCanceled)
        #expect(connection.transactionStatus == .idle)
        try expectUsable(&connection)
    }

    @Test func writesAreRefusedInAReadOnlyBatch() throws {
        var connection = try server.connect()
        let error = #expect(throws: PostgreSQLError.self) {
            try connection.batch([Statement("begin read only"), Statement("create table never (a int)")]) {
                (_, _: borrowing Row) throws(PostgreSQLError) in
            }
        }
        #expect(error?.sqlState == .readOnlyTransaction)
    }
}
