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
    /// Nothing is cut: where the table is too wide, headings take several lines, then long cells of elastic columns,
    /// and what is still too wide becomes a list.
    ///
    /// - Parameters:
    ///   - width: cells of a line.
    ///   - style: of the headings.
    func lines(width: Int, style: TerminalStyle = TerminalStyle(isColored: false)) -> [String] {
        let widths = fitted(to: width)
        guard total(widths) <= width else { return list(width: width, style: style) }
        return heading(widths).map(style.heading) + rows.flatMap { lines($0, widths) }
    }

    /// Whether it stays a table in lines of so many cells.
    func fits(_ width: Int) -> Bool { total(fitted(to: width)) <= width }

    /// The headings, broken at spaces, on the line above the first row.
    private func heading(_ widths: [Int]) -> [String] {
        let titles = columns.indices.map { TextWrap.lines(columns[$0].title, width: widths[$0]) }
        let height = titles.map(\.count).max() ?? 0
        return (0..<height).map { line in
            let cells = titles.indices.map { column in
                let index = line - (height - titles[column].count)
                return pad(
                    index < 0 ? "" : titles[column][index], to: widths[column],
                    isNumeric: columns[column].isNumeric)
            }
            return TextWrap.trimmingEnd(cells.joined(separator: String(repeating: " ", count: Self.gap)))
        }
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
    private func list(width: Int, style: TerminalStyle) -> [String] {
        let heading = columns.prefix(1).map { style.heading($0.title) }
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
        let cells = columns.indices.map { index in rows.map { DisplayWidth.of($0[index]) }.max() ?? 0 }
        let titles = columns.map { DisplayWidth.of($0.title) }
        var widths = zip(cells, titles).map(max)
        guard total(widths) > width else { return widths }
        let words = columns.map { Self.narrowest($0.title) }
        widths = zip(cells, words).map(max)
        let smallest = words.map { max(Self.smallestElastic, $0) }
        var excess = total(widths) - width
        while excess > 0 {
            let elastic = columns.indices.filter { columns[$0].isElastic && widths[$0] > smallest[$0] }
            guard let widest = elastic.max(by: { widths[$0] < widths[$1] }) else { return widths }
            widths[widest] -= 1
            excess -= 1
        }
        return roomy(widths, titles, width)
    }

    /// The width at which a title takes two lines at most, no word divided.
    private static func narrowest(_ title: String) -> Int {
        let words = title.unicodeScalars.split(separator: " ").map { DisplayWidth.of(String(Substring($0))) }
        let longest = words.max() ?? 0
        return (longest...max(longest, DisplayWidth.of(title))).first {
            TextWrap.lines(title, width: $0).count <= 2
        } ?? longest
    }

    /// Room that is left goes to headings.
    private func roomy(_ widths: [Int], _ titles: [Int], _ width: Int) -> [Int] {
        var widths = widths
        for column in columns.indices where !columns[column].isElastic && titles[column] > widths[column] {
            let room = width - total(widths)
            if titles[column] - widths[column] <= room { widths[column] = titles[column] }
        }
        return widths
    }

    private func pad(_ cell: String, to width: Int, isNumeric: Bool) -> String {
        let padding = String(repeating: " ", count: max(0, width - DisplayWidth.of(cell)))
        return isNumeric ? padding + cell : cell + padding
    }
}
