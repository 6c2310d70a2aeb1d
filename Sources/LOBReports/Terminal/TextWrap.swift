/// Breaks text into lines for a terminal.
enum TextWrap {
    /// Lines of at most so many cells, broken at spaces; a word that is longer is cut where the line ends.
    ///
    /// Unseen characters are escaped.
    ///
    /// - Parameter indent: stands before every line after the first.
    static func lines(_ text: String, width: Int, indent: String = "") -> [String] {
        var lines: [String] = []
        var line = ""
        for word in VisibleText.escape(text).unicodeScalars.split(separator: " ") {
            let word = String(Substring(word))
            let candidate = line.isEmpty ? word : line + (isBlank(line) ? "" : " ") + word
            if DisplayWidth.of(candidate) <= width {
                line = candidate
                continue
            }
            if !isBlank(line) {
                lines.append(line)
                line = indent
            }
            line = broken(line + word, width: width, indent: indent, into: &lines)
        }
        return isBlank(line) ? lines : lines + [line]
    }

    /// Appends full lines of a text that is too long, and returns what is left.
    private static func broken(_ text: String, width: Int, indent: String, into lines: inout [String])
        -> String
    {
        var rest = text
        let limit = max(width, DisplayWidth.of(indent) + 2)
        while DisplayWidth.of(rest) > limit {
            let head = DisplayWidth.prefix(of: rest, cells: limit)
            lines.append(head)
            rest = indent + String(Substring(rest.unicodeScalars.dropFirst(head.unicodeScalars.count)))
        }
        return rest
    }

    private static func isBlank(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 == UInt8(ascii: " ") }
    }

    /// The text without spaces at its end.
    static func trimmingEnd(_ text: String) -> String {
        var scalars = text.unicodeScalars
        while scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }
}
