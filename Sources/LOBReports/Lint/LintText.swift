import LOBAdvice

/// A lint report for a terminal.
enum LintText {
    /// The text.
    static func render(_ report: LintReport, width: Int, isColored: Bool) -> [UInt8] {
        let width = max(width, 40)
        let against = "\(report.profile.database.losslessText) of \(TimeText.words(report.profile.startedAt))"
        let title = TextWrap.lines(
            "\(FindingLines.counts(report.findings)) against the profile of \(against)", width: width)
        let found = FindingLines(width: width, style: TerminalStyle(isColored: isColored)).lines(
            report.findings)
        let lines = title + (found.isEmpty ? [] : [""]) + found
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }
}
