/// A table in columns of equal width, for a terminal.
struct TextTable {
    /// A column's heading and behaviour.
    struct Column {
        let title: String
        var isNumeric = false
        /// Whether its cells may take several lines where the table is wider than the terminal.
        var isElastic = false
    }

    let columns: [Column]
    private var rows: [[String]] = []
    private static let gap = 2
    private static let smallestElastic = 20

    /// Creates an empty table.
    init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row; unseen characters are escaped.
    mutating func add(_ cells: [String]) {
        rows.append(cells.map(VisibleText.escape))
    }

    /// The lines, one of headings first, without trailing spaces.
    ///
    /// Nothing is cut: a long cell of an elastic column goes on in the next line, and a table that is still too
    /// wide becomes a list.
    func lines(width: Int) -> [String] {
        let widths = fitted(to: width)
        guard total(widths) <= width else { return list(width: width) }
        return ([columns.map(\.title)] + rows).flatMap { lines($0, widths) }
    }

    private func lines(_ cells: [String], _ widths: [Int]) -> [String] {
        let pieces = cells.indices.map { TextWrap.pieces(of: cells[$0], cells: widths[$0]) }
        return (0..<(pieces.map(\.count).max() ?? 0)).map { line in
            let padded = pieces.indices.map { column in
                pad(
                    line < pieces[column].count ? pieces[column][line] : "", to: widths[column],
                    isNumeric: columns[column].isNumeric)
            }
            return TextWrap.trimmingEnd(padded.joined(separator: String(repeating: " ", count: Self.gap)))
        }
    }

    /// Each row as its first cell, with the other cells under it.
    private func list(width: Int) -> [String] {
        let heading = columns.prefix(1).map(\.title)
        return heading
            + rows.flatMap { row in
                let others = zip(columns, row).dropFirst().map { "\($0.title) \($1)" }
                let rest = TextWrap.lines(others.joined(separator: ", "), width: width - 2, indent: "  ")
                return TextWrap.pieces(of: row[0], cells: width) + rest.map { "  " + $0 }
            }
    }

    private func total(_ widths: [Int]) -> Int {
        widths.reduce(0, +) + Self.gap * (columns.count - 1)
    }

    private func fitted(to width: Int) -> [Int] {
        var widths = columns.indices.map { index in
            ([columns[index].title] + rows.map { $0[index] }).map(DisplayWidth.of).max() ?? 0
        }
        let smallest = columns.map { max(Self.smallestElastic, DisplayWidth.of($0.title)) }
        var excess = total(widths) - width
        while excess > 0 {
            let elastic = columns.indices.filter { columns[$0].isElastic && widths[$0] > smallest[$0] }
            guard let widest = elastic.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func pad(_ cell: String, to width: Int, isNumeric: Bool) -> String {
        let padding = String(repeating: " ", count: max(0, width - DisplayWidth.of(cell)))
        return isNumeric ? padding + cell : cell + padding
    }
}
