import LOBAdvice

/// report.md: the whole report for a change ticket, the decision first.
enum MarkdownReport {
    /// The file.
    ///
    /// - Parameter maxBytes: how many bytes it may have; what is folded is left out first, and the end says what.
    static func render(_ report: Report, maxBytes: Int? = nil) -> [UInt8] {
        let page = ReportPage(report, ReportTables(report)).page
        return Array(MarkdownFit.text(MarkdownRenderer.sections(page), maxBytes: maxBytes).utf8)
    }
}
