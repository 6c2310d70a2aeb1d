import LOBAdvice
import SizeStatistics
import TestSupport
import Testing

/// The oracle: what plain SQL in psql says of the sizes in a table.
struct PlainSQL {
    let database: TestDatabase
    /// The encoding of the names in the profile.
    var clientEncoding = "UTF8"
    /// A TABLESAMPLE clause, or nothing.
    var sample = ""

    /// For each column its rows, NULLs, zero sizes, sum and largest, as ``figures(_:)`` writes them.
    func sizes(of relation: RelationName, _ columns: [Column]) async throws -> [String] {
        let table = Self.quoted(relation.schema) + [UInt8(ascii: ".")] + Self.quoted(relation.name)
        var script = Self.asMeasured
        for column in columns {
            // A cast to text would take the padding of char(n) away, which is sent to every client.
            let isCast = column.family != .bytea && column.family != .bpchar
            script += Array(
                """
                SELECT count(*), count(*) FILTER (WHERE s IS NULL), count(*) FILTER (WHERE s = 0),
                       coalesce(sum(s), 0), max(s) FROM (SELECT octet_length(
                """.utf8)
            script += Self.quoted(column.name) + Array((isCast ? "::text" : "").utf8)
            script += Array(") AS s FROM ONLY ".utf8) + table + Array(" \(sample)) x;\n".utf8)
        }
        return Self.lines(try await database.psqlBytes(script, clientEncoding: clientEncoding))
    }

    /// Settings under which times and names of objects have their longest text, as they are measured.
    private static let asMeasured = Array(
        "SET TimeZone = 'INTERVAL ''00:00:01'''; SET search_path = '';\n".utf8)

    /// Rows, NULLs, zero sizes, sum and largest of what was measured.
    static func figures(_ measurement: ColumnMeasurement) -> String {
        let distribution = measurement.distribution
        let largest = distribution.largest.map { "\($0.bytes)" } ?? ""
        return
            "\(distribution.rows)|\(distribution.nulls)|\(distribution.zeros)|\(distribution.sum.bytes)|\(largest)"
    }

    /// The numbers of a line of figures, in their order; no largest is 0.
    static func numbers(_ line: String) -> [Int] {
        line.split(separator: "|", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    }

    /// A name in double quotes, each one in it doubled.
    static func quoted(_ name: Identifier) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        return [quote] + name.bytes.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }

    static func lines(_ output: [UInt8]) -> [String] {
        output.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Expects every measured column of a profile to equal plain SQL, and at least so many of them to be there.
func expectEqualsPlainSQL(
    _ profile: Profile, _ oracle: PlainSQL, atLeast count: Int = 1,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    var compared = 0
    for table in profile.tables {
        let measured = table.columns.filter { $0.measurement != nil }
        guard !measured.isEmpty else { continue }
        let expected = try await oracle.sizes(of: table.relation.name, measured.map(\.column))
        let found = measured.compactMap(\.measurement).map(PlainSQL.figures)
        let name = table.relation.name.losslessText
        if table.reading?.certainty == .caughtUp {
            // Rows that changed meanwhile may be counted twice: never fewer, and the largest is never smaller.
            for (found, expected) in zip(found.map(PlainSQL.numbers), expected.map(PlainSQL.numbers)) {
                #expect(
                    found.count == 5 && zip(found, expected).allSatisfy { $0 >= $1 },
                    "table \(name): \(found), plain SQL says \(expected)", sourceLocation: sourceLocation)
            }
        } else {
            #expect(found == expected, "table \(name)", sourceLocation: sourceLocation)
        }
        compared += measured.count
    }
    #expect(compared >= count, sourceLocation: sourceLocation)
}
