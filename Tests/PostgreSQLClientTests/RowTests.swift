import PostgreSQLClient
import Testing

@Suite struct RowTests {
    private let server: TestServer

    init() async throws { server = try await TestServer.shared() }

    @Test func everyTypeIsReadAsItWasWritten() throws {
        var connection = try server.connect()
        var rows = 0
        try connection.rows(
            """
            select -7::int2, -70000::int4, 9223372036854775807::int8, 4294967295::oid, true, 1.5::float4,
                   -2.25::float8, 'gr\u{fc}n'::text, '\\x00ff'::bytea, ''::text, 'n'::name, null::int4
            """
        ) { (row: borrowing Row) throws(PostgreSQLError) in
            rows += 1
            #expect(row.count == 12)
            #expect(try row.int16(0) == -7)
            #expect(try row.int64(0) == -7)
            #expect(try row.int32(1) == -70000)
            #expect(try row.int64(2) == .max)
            #expect(try row.uint32(3) == .max)
            #expect(try row.int64(3) == 4_294_967_295)
            #expect(try row.bool(4))
            #expect(try row.float4(5) == 1.5)
            #expect(try row.float8(5) == 1.5)
            #expect(try row.float8(6) == -2.25)
            #expect(try row.text(7) == "grün")
            #expect(try row.bytes(8) == [0, 255])
            #expect(try row.text(9) == "")
            #expect(try row.text(10) == "n")
            #expect(row.isNull(11) && !row.isNull(0))
            #expect(try row.optionalInt32(11) == nil)
            #expect(try row.optionalText(11) == nil)
        }
        #expect(rows == 1)
    }

    @Test func aValueOfAnotherTypeOrNullIsNeverTakenForTheOneAskedFor() throws {
        var connection = try server.connect()
        try connection.rows(
            "select 'abcdefgh'::text, 1.5::float8, 5::int8, null::int8, 70000::int4, '{\"a\":1}'::jsonb, 1.0::numeric"
        ) { (row: borrowing Row) throws(PostgreSQLError) in
            #expect(decodes { () throws(PostgreSQLError) in _ = try row.int64(0) } == false)
            #expect(decodes { () throws(PostgreSQLError) in _ = try row.int64(1) } == false)
            #expect(decodes { () throws(PostgreSQLError) in _ = try row.float8(2) } == false)
            #expect(decodes { () throws(PostgreSQLError) in _ = try row.text(2) } == false)
            #expect(decodes { () throws(PostgreSQLError) in _ = try row.int64(3) } == false)
            #expect(decodes { () throws(PostgreSQLError) in _ = try row.int16(4) } == false)
            #expect(decodes { () throws(PostgreSQLError) in _ = try row.text(5) } == false)
            #expect(decodes { () throws(PostgreSQLError) in _ = try row.int64(6) } == false)
            #expect(decodes { () throws(PostgreSQLError) in _ = try row.int64(7) } == false)
            #expect(decodes { () throws(PostgreSQLError) in _ = try row.int64(-1) } == false)
        }
    }

    @Test func bytesAreReadWhereTheyLie() throws {
        var connection = try server.connect()
        var sum = 0
        try connection.rows("select decode(repeat('02', 1000000), 'hex')") {
            (row: borrowing Row) throws(PostgreSQLError) in
            sum = try row.withBytes(0) { (span: RawSpan?) throws(PostgreSQLError) -> Int in
                span?.byteCount ?? 0
            }
            #expect(try row.byteCount(0) == 1_000_000)
        }
        #expect(sum == 1_000_000)
    }

    @Test func bindsArriveAsTheyWereGiven() throws {
        var connection = try server.connect()
        let hostile = "x'); drop table t; --\u{301}"
        let names: [[UInt8]] = [Array("a\"b".utf8), [], Array("ü,{}".utf8)]
        try connection.rows(
            """
            select $1, $2, $3, $4, $5, $6 is null, cardinality($7), ($7)[2]::oid, cardinality($8), ($8)[1],
                   cardinality($9), ($9)[1], ($9)[2] = '', ($9)[3], $10
            """,
            [
                .int8(-5), .text(hostile), .bytes([0, 1]), .float8(.infinity), .bool(false), .text(hostile),
                .oidArray([1, .max]), .int8Array([.min]), .textArray(names), .textBytes(Array("b".utf8)),
            ]
        ) { (row: borrowing Row) throws(PostgreSQLError) in
            #expect(try row.int64(0) == -5)
            #expect(try row.text(1) == hostile)
            #expect(try row.bytes(2) == [0, 1])
            #expect(try row.float8(3) == .infinity)
            #expect(try !row.bool(4))
            #expect(try !row.bool(5))
            #expect(try row.int32(6) == 2)
            #expect(try row.uint32(7) == .max)
            #expect(try row.int32(8) == 1)
            #expect(try row.int64(9) == .min)
            #expect(try row.int32(10) == 3)
            #expect(try row.bytes(11) == names[0])
            #expect(try row.bool(12))
            #expect(try row.bytes(13) == names[2])
            #expect(try row.text(14) == "b")
        }
        try connection.rows(
            "select $1::int is null, cardinality($2), cardinality($3)",
            [.null, .oidArray([]), .textArray([])]
        ) {
            (row: borrowing Row) throws(PostgreSQLError) in
            #expect(try row.bool(0))
            #expect(try row.int32(1) == 0)
            #expect(try row.int32(2) == 0)
        }
    }

    private func decodes(_ body: () throws(PostgreSQLError) -> Void) -> Bool? {
        do throws(PostgreSQLError) {
            try body()
            return true
        } catch .decoding {
            return false
        } catch {
            return nil
        }
    }
}
