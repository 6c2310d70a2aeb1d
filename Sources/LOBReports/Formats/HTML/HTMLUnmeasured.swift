import LOBProfile

/// What was planned and not measured, and what nobody asked for, in report.html.
enum HTMLUnmeasured {
    /// The section.
    static func section(_ report: Report) -> String {
        let (missing, leftOut) = (report.profile.unmeasured, report.profile.leftOut)
        let complete = "<p>Nothing\(leftOut.isEmpty ? "" : " that was planned"): the profile is complete.</p>"
        let known = "The sizes of these are not known; nothing here is empty because it is listed."
        let unasked = "Nobody asked for these, and DMS does not migrate them."
        return HTMLMarkup.section(
            "unmeasured", "Not measured",
            (missing.isEmpty ? complete : table(known, missing))
                + (leftOut.isEmpty ? "" : "\n" + table(unasked, leftOut)))
    }

    private static func table(_ caption: String, _ entries: [Unmeasured]) -> String {
        HTMLMarkup.table(
            caption, [("What", false), ("Why", false), ("What to do", false)],
            entries.map { [$0.subject, $0.explanation, $0.remedy].map(HTMLText.escape) })
    }
}
