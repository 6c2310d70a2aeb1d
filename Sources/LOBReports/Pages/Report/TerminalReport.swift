import LOBAdvice

/// The report for a terminal: the verdict first, aligned, and at the end the next useful command.
public enum TerminalReport {
    /// The width where nobody says what the terminal's is, in cells.
    public static let defaultWidth = 100
    /// Lines of the first screen, where no line has to be wrapped more often than at the usual width.
    static let lines = 60

    /// The text.
    ///
    /// - Parameters:
    ///   - width: cells of a line, taken as at least 40; figures are never cut, so a narrower terminal wraps them.
    ///   - isColored: whether escape sequences for colour may be written.
    ///   - isWhole: whether all tables, columns and findings are shown, and not the first screen alone.
    public static func render(
        _ report: Report, width: Int = defaultWidth, isColored: Bool = false, isWhole: Bool = false
    ) -> [UInt8] {
        let renderer = TerminalRenderer(width: width, isColored: isColored)
        guard !isWhole else { return renderer.render(OverviewPage(report: report, extent: .terminal).page) }
        let lines = renderer.lines(OverviewPage(report: report, extent: .screen).page, atMost: Self.lines)
        guard lines.count > Self.lines else { return TerminalRenderer.text(lines) }
        return renderer.render(
            OverviewPage(report: report, extent: .smallScreen).page, atMost: Self.lines)
    }
}
