import LOBProfile

/// What was planned and not measured, in report.html.
enum HTMLUnmeasured {
    /// The section.
    static func section(_ report: Report) -> String {
        let entries = report.profile.unmeasured
        guard !entries.isEmpty else {
            return HTMLMarkup.section(
                "unmeasured", "Not measured", "<p>Nothing: the profile is complete.</p>")
        }
        let rows = entries.map { [$0.subject, $0.explanation, $0.remedy].map(HTMLText.escape) }
        return HTMLMarkup.section(
            "unmeasured", "Not measured",
            HTMLMarkup.table(
                "The sizes of these are not known; nothing here is empty because it is listed.",
                [("What", false), ("Why", false), ("What to do", false)], rows))
    }
}
