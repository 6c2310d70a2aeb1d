import TestSupport
import Testing

@testable import lobscope

@Suite(.database) struct DemoValuesTests {
    /// Every ASCII byte that text may hold, and characters of two to four bytes.
    static let awkward =
        Array((1...127).map { UInt8($0) }) + Array("\u{e9}\u{20ac}\u{1f600}\"\u{301}\\N\\.".utf8)

    private func stored(_ row: CopyRow, columns: String, answer: String) async throws -> String {
        let sql =
            Array("CREATE TYPE composed AS (x text); CREATE TABLE t (\(columns)); COPY t FROM STDIN;\n".utf8)
            + row.bytes
        let rest = Array("\n\\.\n\(answer)".utf8)
        return String(
            decoding: try await TestDatabase.current.psqlBytes(sql + rest).dropLast(), as: UTF8.self)
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }

    @Test func textAndByteaArriveAsTheyAre() async throws {
        var row = CopyRow()
        row.text(Self.awkward)
        row.bytea(Array(0...255))
        row.null()
        let found = try await stored(
            row, columns: "a text, b bytea, c text",
            answer: "SELECT encode(convert_to(a, 'UTF8'), 'hex'), encode(b, 'hex'), c IS NULL FROM t")
        #expect(found == "\(hex(Self.awkward))|\(hex(Array(0...255)))|t")
    }

    @Test func structuredValuesArriveAsTheyAre() async throws {
        var row = CopyRow()
        row.text(ValueLiteral.array([Self.awkward, []]))
        row.text(ValueLiteral.composite([Self.awkward]))
        row.text(ValueLiteral.json([(Array("k".utf8), Self.awkward)]))
        row.text(ValueLiteral.array([1, 22]))
        row.text(ValueLiteral.points([(1, 2), (3, 4)]))
        let found = try await stored(
            row, columns: "a text[], c composed, j jsonb, n int[], p polygon",
            answer: """
                SELECT encode(convert_to(a[1], 'UTF8'), 'hex'), a[2] = '', encode(convert_to((c).x, 'UTF8'), 'hex'),
                       encode(convert_to(j->>'k', 'UTF8'), 'hex'), n, p FROM t
                """)
        let text = hex(Self.awkward)
        #expect(found == "\(text)|t|\(text)|\(text)|{1,22}|((1,2),(3,4))")
    }

    @Test(arguments: [0, 86_399, 1_795_302_000]) func timesAreInUTC(_ seconds: Int) async throws {
        let text = Timestamp.text(secondsSince1970: seconds)
        let found = try await TestDatabase.current.psql(
            "SELECT extract(epoch FROM '\(text)'::timestamptz)::bigint")
        #expect(found == String(seconds))
    }

    @Test func textIsNotCutWithinACharacter() {
        let text = Array("a\u{20ac}".utf8)
        #expect(ContentShape.prefix(text, limit: 4) == text)
        for limit in 1...3 { #expect(ContentShape.prefix(text, limit: limit) == [UInt8(ascii: "a")]) }
    }

    @Test func packageStanzasKeepContinuedLines() {
        let list =
            "Package: a\nDescription: one\n two\nMaintainer: A B <a@b>\n\nNo: name\n\nPackage: b\nDepends: x, y (>= 1)\n"
        let packages = DemoPackage.parse(Array(list.utf8))
        #expect(packages.count == 2)
        #expect(packages[0]["Description"] == Array("one\n two".utf8))
        #expect(packages[0].maintainer.last == Array("a@b".utf8))
        #expect(packages[1].list("Depends") == [Array("x".utf8), Array("y (>= 1)".utf8)])
    }
}
