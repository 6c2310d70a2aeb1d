/// Names as SQL text for remedies, quoted byte by byte: a quote followed by a combining mark is one
/// `Character`, which string functions would not double.
package enum SQLText {
    /// `"name"`; bytes that are no UTF-8 appear as `\xNN`, and such text is for reading only.
    package static func quoted(_ name: Identifier) -> String {
        let doubled = name.losslessText.utf8.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
        return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
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
