/// Text in a paragraph or a table cell that means only itself in GitHub, GitLab and Jira: no link, no mention
/// (`@user`, `[~user]`), no reference (`#1`, `!1`, a commit's hash), no macro (`{html}`), no image, no HTML, and no
/// end of the cell.
///
/// A word that none of them could take for anything stays as it is. Any other is divided: its punctuation
/// becomes numeric entities, which have no meaning in any of the three, and the rest goes into code spans, where
/// nothing is linked. What is rendered is exactly the text.
public enum MarkdownText {
    /// The text, escaped word by word.
    public static func escape(_ text: String) -> String {
        let words = VisibleText.escape(text).unicodeScalars.split(
            separator: " ", omittingEmptySubsequences: false)
        var output = ""
        for (index, word) in words.enumerated() {
            if index > 0 {
                // Only a space between two words is kept by every renderer.
                output += word.isEmpty || words[index - 1].isEmpty ? "&#32;" : " "
            }
            output += MarkdownWord.isPlain(word) ? String(word) : divide(word)
        }
        return output
    }

    /// Code elements, one where there is no `@`: what a code span cannot hold is in it as numeric entities.
    ///
    /// Markdown is read inside it, so that more than in a code span has a meaning; an address with its `@` would be a link.
    static func code(_ text: String) -> String {
        let scalars = Array(VisibleText.escape(text).unicodeScalars)
        let pieces = scalars.enumerated().map { index, scalar -> String in
            // Only a space between two words is kept by every renderer.
            if scalar == "@" { return "</code>&#64;<code>" }
            let isEdge = index == 0 || index + 1 == scalars.count || scalars[index - 1] == " "
            return MarkdownWord.isHarmlessInElement(scalar) || (scalar == " " && !isEdge)
                ? String(scalar) : "&#\(scalar.value);"
        }
        return "<code>\(pieces.joined())</code>".replacing("<code></code>", with: "")
    }

    private static func divide(_ word: Substring.UnicodeScalarView) -> String {
        var output = ""
        var run = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in word {
            // "www." is a link to some; a dot elsewhere is not.
            let isDotOfWWW = scalar == "." && (previous == "w" || previous == "W")
            if isDotOfWWW || MarkdownWord.mustBeEntity(scalar) {
                output += code(run) + "&#\(scalar.value);"
                run = String.UnicodeScalarView()
            } else {
                run.append(scalar)
            }
            previous = scalar
        }
        // What ends a sentence is none of the code.
        var end = String.UnicodeScalarView()
        while run.count > 1, let last = run.last, last == "." || last == "," || last == ";" {
            end.insert(last, at: end.startIndex)
            run.removeLast()
        }
        return output + code(run) + String(end)
    }

    /// A run without backticks needs no longer fence.
    private static func code(_ run: String.UnicodeScalarView) -> String {
        run.isEmpty ? "" : "`" + String(run) + "`"
    }
}
