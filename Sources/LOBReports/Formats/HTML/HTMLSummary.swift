/// The ten lines of the summary, and what no figure says.
enum HTMLSummary {
    /// The section.
    static func section(_ report: Report) -> String {
        HTMLMarkup.section("summary", "Summary", HTMLMarkup.definitions(SummaryLines.lines(report)))
    }
}
