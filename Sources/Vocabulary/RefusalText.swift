/// How the text of an error says why a change was refused.
///
/// Logs and exported rows are read in this process, the rows of a target by its server, so that no text of an error leaves it.
/// Both rules are made from these lists.
package enum RefusalText {
    /// What stands before a SQLSTATE.
    package static let mark: StaticString = "SqlState:"

    /// The first two characters of a SQLSTATE of PostgreSQL, the SQL standard or ODBC, each as itself or as a range in brackets: a
    /// word of a value that has five characters is none.
    package static let classes: [StaticString] = ["[0-5][0-9]", "[0-5][A-Z]", "F0", "HV", "HY", "P0", "XX"]

    /// Words that say the reason where there is no SQLSTATE.
    package struct Phrases: Sendable {
        /// What the server answers for them; no SQLSTATE is written so.
        package let label: StaticString
        package let reason: ApplyException.Reason
        /// In small letters, of letters, digits and spaces, and not behind a digit: `10 rows affected` is no `0 rows affected`.
        package let words: [StaticString]
    }

    /// The first that fits counts.
    package static let phrases = [
        Phrases(
            label: "malformed", reason: .malformed,
            words: ["malformed json", "invalid input syntax for type json"]),
        Phrases(label: "noRow", reason: .noRow, words: ["0 rows affected"]),
    ]

    /// Whether bytes are a SQLSTATE of a class that is known.
    package static func isSQLState(_ bytes: some Collection<UInt8>) -> Bool {
        let code = Array(bytes)
        guard code.count == 5, code.allSatisfy(isPlain) else { return false }
        return classes.contains { isOf($0, code) }
    }

    /// Whether a byte may stand in a SQLSTATE.
    package static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
    }

    /// Whether a code begins as a class says.
    private static func isOf(_ pattern: StaticString, _ code: [UInt8]) -> Bool {
        var rest = Array(pattern.description.utf8)[...]
        for byte in code {
            guard let place = rest.popFirst() else { return true }
            guard place == UInt8(ascii: "[") else {
                if place == byte { continue }
                return false
            }
            // `0-5]`
            let range = rest.prefix(4)
            rest = rest.dropFirst(4)
            guard let first = range.first, let last = range.dropFirst(2).first, first <= last,
                (first...last).contains(byte)
            else { return false }
        }
        return rest.isEmpty
    }

    /// The reason that words of an error say; nil where they say none.
    package static func reason(words error: some Collection<UInt8>) -> ApplyException.Reason? {
        let text = error.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return phrases.first { phrase in
            phrase.words.contains { words in
                text.ranges(of: Array(words.description.utf8)).contains { range in
                    range.lowerBound == 0 || !isDigit(text[range.lowerBound - 1])
                }
            }
        }?.reason
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// The reason that the server answers: a SQLSTATE or a label; nil stands for neither.
    package static func reason(answered text: String?) -> ApplyException.Reason {
        guard let text else { return .other }
        return phrases.first { $0.label.description == text }?.reason ?? .sqlState(text)
    }
}
