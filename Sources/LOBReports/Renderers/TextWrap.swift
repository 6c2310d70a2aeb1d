/// Breaks text into lines for a terminal.
enum TextWrap {
    /// Lines of at most so many cells, broken at spaces; a word that is longer goes on in the next line.
    ///
    /// Unseen characters are escaped.
    ///
    /// - Parameter indent: stands before every line after the first.
    static func lines(_ text: String, width: Int, indent: String = "") -> [String] {
        var lines: [String] = []
        var line = ""
        // Several spaces in a row may be those of a name.
        let words = VisibleText.escape(text).unicodeScalars.split(
            separator: " ", omittingEmptySubsequences: false)
        for word in words.drop(while: \.isEmpty) {
            let word = String(Substring(word))
            let candidate = isBlank(line) ? line + word : line + " " + word
            if DisplayWidth.of(candidate) <= width {
                line = candidate
                continue
            }
            if !isBlank(line) {
                lines.append(trimmingEnd(line))
                line = indent
            }
            let parts = pieces(of: word, cells: width - DisplayWidth.of(line))
            lines += parts.dropLast().enumerated().map { $0 == 0 ? line + $1 : indent + $1 }
            line = (parts.count == 1 ? line : indent) + (parts.last ?? "")
        }
        return isBlank(line) ? lines : lines + [trimmingEnd(line)]
    }

    /// A text in pieces that fit so many cells, at least two; one piece where it is empty.
    ///
    /// A piece ends after a space or punctuation where there is some in its second half.
    static func pieces(of text: String, cells: Int) -> [String] {
        let cells = max(cells, 2)
        var pieces: [String] = []
        var rest = text
        while DisplayWidth.of(rest) > cells {
            let head = endingWell(DisplayWidth.prefix(of: rest, cells: cells))
            pieces.append(head)
            rest = String(Substring(rest.unicodeScalars.dropFirst(head.unicodeScalars.count)))
        }
        return pieces + [rest]
    }

    private static func endingWell(_ head: String) -> String {
        let scalars = Array(head.unicodeScalars)
        let end = scalars.lastIndex { " ._-/,;:)".unicodeScalars.contains($0) }
        guard let end, end + 1 > scalars.count / 2 else { return head }
        var output = String.UnicodeScalarView()
        output.append(contentsOf: scalars[...end])
        return String(output)
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
