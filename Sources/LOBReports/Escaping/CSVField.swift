/// A field of a CSV file (RFC 4180): for spreadsheets one that is never taken for a formula, for programs the text as it is.
enum CSVField {
    /// The field for spreadsheets, always in quotes.
    ///
    /// Where its first visible character would start a formula, an apostrophe stands before it (OWASP ASVS
    /// 1.2.10).
    static func quote(_ text: String) -> String {
        let visible = VisibleText.escape(text).unicodeScalars
        return inQuotes(visible, behind: startsFormula(visible) ? "'" : nil)
    }

    /// The field for programs: no apostrophe, and quotes only where they are needed.
    ///
    /// An empty field has none, as databases take `""` for a text and nothing for NULL. Unseen characters are escapes here too.
    static func exact(_ text: String) -> String {
        let visible = VisibleText.escape(text).unicodeScalars
        let isPlain =
            visible.first != " " && visible.last != " " && !visible.contains { $0 == "," || $0 == "\"" }
        return isPlain ? String(visible) : inQuotes(visible, behind: nil)
    }

    /// A text in quotes, those in it doubled.
    private static func inQuotes(
        _ text: String.UnicodeScalarView, behind mark: Unicode.Scalar?
    ) -> String {
        var output = String.UnicodeScalarView()
        output.append("\"")
        if let mark { output.append(mark) }
        for scalar in text {
            if scalar == "\"" { output.append(scalar) }
            output.append(scalar)
        }
        output.append("\"")
        return String(output)
    }

    /// A record for spreadsheets, with its line feed.
    ///
    /// Not CR LF, which RFC 4180 prefers: no reader needs it, and the file has no control character but the
    /// line feed.
    static func record(_ fields: [String]) -> String {
        fields.map(quote).joined(separator: ",") + "\n"
    }

    /// A record for programs, with its line feed.
    static func exactRecord(_ fields: [String]) -> String {
        fields.map(exact).joined(separator: ",") + "\n"
    }

    /// Spreadsheets skip spaces before they look at a field; other white space is escaped already.
    private static func startsFormula(_ text: String.UnicodeScalarView) -> Bool {
        guard let first = text.first(where: { $0 != " " }) else { return false }
        return formulaStarts.contains(first)
    }

    /// `= + - @` with their small and full-width forms, and the minus sign.
    private static let formulaStarts: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "\u{FE66}", "\u{FE62}",
        "\u{FE63}",
        "\u{FE6B}", "\u{2212}",
    ]
}
