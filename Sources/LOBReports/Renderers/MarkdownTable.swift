/// A table as GitHub writes it.
///
/// Cells are Markdown already: escape what is not ours.
struct MarkdownTable {
    /// A column's heading and whether it holds figures.
    typealias Column = (title: String, isNumeric: Bool)

    let columns: [Column]
    var rows: [[String]] = []

    /// Creates an empty table.
    init(_ columns: [Column]) {
        self.columns = columns
    }

    /// The headings, with a line feed after each row.
    var head: String {
        [columns.map(\.title), columns.map { $0.isNumeric ? "---:" : "---" }].map(Self.line).joined()
    }

    /// The rows, each with a line feed.
    var lines: [String] { rows.map(Self.line) }

    /// The table with a line feed after each row.
    var text: String { head + lines.joined() }

    private static func line(_ cells: [String]) -> String {
        "| " + cells.joined(separator: " | ") + " |\n"
    }
}
