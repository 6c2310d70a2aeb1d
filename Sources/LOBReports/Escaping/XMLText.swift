/// Text of an XML 1.0 element or of an attribute in quotes.
enum XMLText {
    /// The text with markup and unseen characters escaped, line feeds kept.
    static func escape(_ text: String) -> String {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map { HTMLText.escape(String(Substring($0))) }.joined(separator: "&#10;")
    }
}
