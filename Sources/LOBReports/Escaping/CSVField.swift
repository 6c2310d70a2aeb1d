/// A field of a CSV file (RFC 4180) that a spreadsheet takes for text or a number, never for a formula.
enum CSVField {
    /// The field, always in quotes.
    ///
    /// Where its first visible character would start a formula, an apostrophe stands before it (OWASP ASVS
    /// 1.2.10).
    static func quote(_ text: String) -> String {
        let visible = VisibleText.escape(text).unicodeScalars
        var output = String.UnicodeScalarView()
        output.append("\"")
        if startsFormula(visible) { output.append("'") }
        for scalar in visible {
            if scalar == "\"" { output.append(scalar) }
            output.append(scalar)
        }
        output.append("\"")
        return String(output)
    }

    /// A record with its line feed.
    ///
    /// Not CR LF, which RFC 4180 prefers: no reader needs it, and the file has no control character but the
    /// line feed.
    static func record(_ fields: [String]) -> String {
        fields.map(quote).joined(separator: ",") + "\n"
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
