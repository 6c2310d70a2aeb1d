/// Names as SQL text for remedies, quoted byte by byte: a quote followed by a combining mark is one
/// `Character`, which string functions would not double.
package enum SQLText {
    /// `"name"`, or `U&"name"` where characters are not seen; bytes that are not UTF-8 appear as `\xNN`, and such text is for
    /// reading only.
    package static func quoted(_ name: Identifier) -> String {
        let scalars = name.losslessText.unicodeScalars
        guard !scalars.contains(where: UnseenScalar.contains) else {
            return "U&\"" + scalars.map(escaped).joined() + "\""
        }
        let doubled = name.losslessText.utf8.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
        return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
    }

    /// A character within `U&""` (PostgreSQL documentation, identifiers with Unicode escapes).
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        if scalar == "\"" || scalar == "\\" { return "\(scalar)\(scalar)" }
        guard UnseenScalar.contains(scalar) else { return "\(scalar)" }
        let digits = String(scalar.value, radix: 16)
        let width = digits.utf8.count > 4 ? 6 : 4
        return (width > 4 ? "\\+" : "\\") + String(repeating: "0", count: width - digits.utf8.count) + digits
    }

    /// `'text'`, for a server with `standard_conforming_strings`.
    package static func literal(_ text: String) -> String {
        let mark = UInt8(ascii: "'")
        return "'" + String(decoding: text.utf8.flatMap { $0 == mark ? [$0, $0] : [$0] }, as: UTF8.self) + "'"
    }

    /// `"schema"."name"`.
    package static func quoted(_ name: RelationName) -> String {
        quoted(name.schema) + "." + quoted(name.name)
    }
}
