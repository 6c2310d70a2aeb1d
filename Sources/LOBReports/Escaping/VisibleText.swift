public import LOBAdvice

/// Text for people, in a terminal or anywhere else: what is not seen appears as an escape.
///
/// C0 and DEL as `\x1b`, everything else unseen as `\u{202e}`, bytes that are not UTF-8 as `\xff`.
public enum VisibleText {
    /// The text with its unseen characters escaped.
    public static func escape(_ text: String) -> String {
        // Nearly all texts are of these characters alone, which are all seen.
        if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return text }
        guard text.unicodeScalars.contains(where: UnseenScalar.contains) else { return text }
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if UnseenScalar.contains(scalar) {
                output.append(contentsOf: escape(of: scalar).unicodeScalars)
            } else {
                output.append(scalar)
            }
        }
        return String(output)
    }

    /// A name with its unseen characters escaped.
    public static func escape(_ name: Identifier) -> String {
        escape(name.losslessText)
    }

    /// `schema.table` with its unseen characters escaped.
    public static func escape(_ name: RelationName) -> String {
        escape(name.losslessText)
    }

    private static func escape(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        guard scalar.value < 0x80 else { return "\\u{\(digits)}" }
        return scalar.value < 0x10 ? "\\x0\(digits)" : "\\x\(digits)"
    }
}
