import LOBAdvice

/// The report for a terminal: the verdict first, aligned, and at the end the next useful command.
public enum TerminalReport {
    /// The width where nobody says what the terminal's is, in cells.
    public static let defaultWidth = 100

    /// The text.
    ///
    /// - Parameters:
    ///   - width: cells of a line, taken as at least 40; figures are never cut, so a narrower terminal wraps them.
    ///   - isColored: whether escape sequences for colour may be written.
    ///   - isWhole: whether all tables, columns and findings are shown, and not the first screen alone.
    public static func render(
        _ report: Report, width: Int = defaultWidth, isColored: Bool = false, isWhole: Bool = false
    ) -> [UInt8] {
        let page = TerminalPage(width: max(width, 40), style: TerminalStyle(isColored: isColored))
        guard isWhole else {
            return Array(TerminalBrief(page).lines(report).map { $0 + "\n" }.joined().utf8)
        }
        let sections = [
            page.summary(report), page.lobTable(report), page.limit(report), page.growth(report),
            page.columns(report), page.findings(report),
            page.unmeasured(report), page.next(report),
        ]
        let lines = sections.filter { !$0.isEmpty }.joined(separator: [""])
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }
}
