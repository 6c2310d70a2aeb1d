import LOBAdvice
import TestSupport

/// Names for tables, and tables of those names.
enum HostileNames {
    /// Names of ASCII bytes, possible in every encoding.
    static let ascii: [[UInt8]] = [
        "\"", "\"\"", "t\", pwn() --", "t\"; SELECT pwn(); --", "a.b", "a\".\"b", "%", "_", "[x]", "$$", "$1",
        "$tag$",
        "'", "''", "\\", "\\\"", "/*", "*/", "--", ";", "a\nb", "a\r\nb", "\t", " ", "  x  ", "=1+1", "+1",
        "-1", "@x",
        "\u{1B}[31mred\u{1B}[0m", "\u{7F}", "A", "a", "Select", "select", "ctid", "tableoid", "x", "s0",
        "count", "null",
        "{}", "<script>", "|", "`", "#1", "~user", ":name", ":'name'", "\u{01}", "pwn()", "(pwn())", "E'\\''",
        "U&\"\\0041\"",
        "123456789012345678901234567890123456789012345678901234567890123",
    ].map { Array($0.utf8) }

    /// So many different names, the known ones first, then generated from bytes that bite.
    static func utf8(_ count: Int) -> [[UInt8]] {
        let known =
            ascii
            + [
                "t\"\u{301}, pwn() --", "\"\u{301}", "caf\u{E9}", "cafe\u{301}", "\u{212B}", "\u{C5}",
                "A\u{30A}",
                "\u{202E}txt", "\u{2066}x\u{2069}", "\u{FEFF}x", "\u{200D}", "a\u{200B}b", "\u{85}",
                "\u{9B}31m", "\u{2028}",
                "😀", "👩‍👩‍👧", "\u{FF1D}1", "ﬀ", "ß", "ẞ", "İ", "ı", "\u{10FFFF}",
            ].map { Array($0.utf8) }
        var names: [[UInt8]] = []
        var seen: Set<[UInt8]> = []
        var random = Generator(state: 20_261_122)
        var next = known.makeIterator()
        while names.count < count {
            let name = next.next() ?? random.name()
            if !name.isEmpty, seen.insert(name).inserted { names.append(name) }
        }
        return names
    }

    /// A table of each name, spread over hostile schemas, with two columns of hostile names.
    static func createTables(
        _ names: [[UInt8]], in database: TestDatabase, clientEncoding: String = "UTF8"
    ) async throws {
        let schemas = ["s\"; --", "S.s", "s\n\u{1B}[1m", "%"].map { Identifier($0) }
        var script = schemas.flatMap {
            Array("CREATE SCHEMA ".utf8) + PlainSQL.quoted($0) + [UInt8(ascii: ";")]
        }
        for (index, name) in names.enumerated() {
            let table =
                PlainSQL.quoted(schemas[index % schemas.count]) + [UInt8(ascii: ".")]
                + PlainSQL.quoted(Identifier(bytes: name))
            // A column may be called as the table is, except for the names of system columns.
            let isSystem = ["ctid", "tableoid"].contains { Array($0.utf8) == name }
            let column = PlainSQL.quoted(isSystem ? Identifier("ctid ") : Identifier(bytes: name))
            let other = PlainSQL.quoted(Identifier("j\"\(index)\n, pwn() --"))
            script += Array("CREATE TABLE ".utf8) + table + Array(" (".utf8) + column + Array(" text, ".utf8)
            script += other + Array(" jsonb); INSERT INTO ".utf8) + table
            script += Array(
                """
                 SELECT repeat('x', \(index) * i), CASE WHEN i > 1 THEN jsonb_build_array(repeat('y', \(index % 50))) END
                   FROM generate_series(0, \(1 + index % 7)) i;\n
                """.utf8)
        }
        try await database.psqlBytes(script, clientEncoding: clientEncoding)
    }

    /// SplitMix64: the same names in every run.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }

        mutating func name() -> [UInt8] {
            let parts: [StaticString] = [
                "\"", "\u{301}", "\u{20E3}", "\u{200D}", "\n", "\r\n", "'", "$$", "--", "/*", "*/", ";", ",",
                "(", ")", "pwn()",
                "\u{FEFF}", "\u{202E}", "\\", "%", "_", ".", " ", "é", "漢", "😀", "\u{1F3FD}", "a", "Z", "0",
                "=", "\t", "\u{1B}",
                "SELECT", "\u{0}\u{1}",
            ]
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 1...16, using: &self) {
                let part = Array(parts[Int.random(in: parts.indices, using: &self)].description.utf8)
                bytes += part.filter { $0 != 0 }
            }
            guard bytes.count > 63 else { return bytes }
            var end = 63
            while bytes[end] & 0xC0 == 0x80 { end -= 1 }
            return Array(bytes[..<end])
        }
    }
}
