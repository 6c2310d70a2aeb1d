/// Text of an HTML element or of an attribute in quotes.
enum HTMLText {
    /// The text with markup and unseen characters escaped.
    static func escape(_ text: String) -> String {
        if text.utf8.allSatisfy(isPlain) { return text }
        var output = String.UnicodeScalarView()
        for scalar in VisibleText.escape(text).unicodeScalars {
            guard let entity = entity(for: scalar) else {
                output.append(scalar)
                continue
            }
            output.append(contentsOf: entity.unicodeScalars)
        }
        return String(output)
    }

    /// Text inside an HTML element of a Markdown file: in a code element, where nothing is linked, and with every
    /// character that Markdown or a wiki could take for markup as a numeric entity.
    static func codeInMarkdown(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        for scalar in VisibleText.escape(text).unicodeScalars {
            if scalar != " ", MarkdownWord.mustBeEntity(scalar) {
                output.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
            } else {
                output.append(scalar)
            }
        }
        return "<code>\(String(output))</code>"
    }

    /// The same for text whose words are code only where something could be made of them.
    static func inMarkdown(_ text: String) -> String {
        text.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false).map { word in
            MarkdownWord.isPlain(word) ? String(word) : codeInMarkdown(String(word))
        }.joined(separator: " ")
    }

    /// Whether a byte is a character that is seen and that no entity stands for.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "`"):
            false
        default: 0x20...0x7E ~= byte
        }
    }

    private static func entity(for scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "'": "&#39;"
        case "`": "&#96;"
        default: nil
        }
    }
}
