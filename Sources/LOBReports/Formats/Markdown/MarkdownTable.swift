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

    /// The table with a line feed after each row.
    var text: String {
        let lines = [columns.map(\.title), columns.map { $0.isNumeric ? "---:" : "---" }] + rows
        return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
    }
}
