/// A table in columns of equal width, for a terminal.
struct TextTable {
    /// A column's heading and behaviour.
    struct Column {
        let title: String
        var isNumeric = false
        /// Whether it may be cut, marked with an ellipsis, where the table is wider than the terminal.
        var isElastic = false
    }

    let columns: [Column]
    private var rows: [[String]] = []
    private static let gap = 2
    private static let smallestElastic = 8

    /// Creates an empty table.
    init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row; unseen characters are escaped.
    mutating func add(_ cells: [String]) {
        rows.append(cells.map(VisibleText.escape))
    }

    /// The lines, heading first, without trailing spaces.
    func lines(width: Int) -> [String] {
        let widths = fitted(to: width)
        return ([columns.map(\.title)] + rows).map { line($0, widths) }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = zip(zip(cells, columns), widths).map { cell, width in
            pad(cut(cell.0, to: width), to: width, isNumeric: cell.1.isNumeric)
        }
        return TextWrap.trimmingEnd(padded.joined(separator: String(repeating: " ", count: Self.gap)))
    }

    private func fitted(to width: Int) -> [Int] {
        var widths = columns.indices.map { index in
            ([columns[index].title] + rows.map { $0[index] }).map(DisplayWidth.of).max() ?? 0
        }
        var excess = widths.reduce(0, +) + Self.gap * (columns.count - 1) - width
        while excess > 0 {
            let elastic = columns.indices.filter {
                columns[$0].isElastic && widths[$0] > Self.smallestElastic
            }
            guard let widest = elastic.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func cut(_ cell: String, to width: Int) -> String {
        DisplayWidth.of(cell) <= width ? cell : DisplayWidth.prefix(of: cell, cells: width - 1) + "\u{2026}"
    }

    private func pad(_ cell: String, to width: Int, isNumeric: Bool) -> String {
        let padding = String(repeating: " ", count: max(0, width - DisplayWidth.of(cell)))
        return isNumeric ? padding + cell : cell + padding
    }
}
