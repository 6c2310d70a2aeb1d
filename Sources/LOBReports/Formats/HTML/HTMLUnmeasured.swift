import LOBAdvice

/// What was planned and not measured, and what nobody asked for, in report.html.
enum HTMLUnmeasured {
    /// The section.
    static func section(_ report: Report) -> String {
        let (missing, leftOut) = (report.profile.unmeasured, report.profile.leftOut)
        let complete = "<p>\(HTMLText.escape(UnmeasuredText.nothing(report.profile)))</p>"
        let unasked = "Nobody asked for these, and DMS does not migrate them."
        return HTMLMarkup.section(
            "unmeasured", "Not measured",
            (missing.isEmpty ? complete : table(UnmeasuredText.known, missing))
                + grants(Grants(report.profile))
                + (leftOut.isEmpty ? "" : "\n" + table(unasked, leftOut)))
    }

    /// The statements that let the role read what it may not.
    private static func grants(_ grants: Grants) -> String {
        guard !grants.statements.isEmpty else { return "" }
        return "\n<p>\(HTMLText.escape(GrantText.title(grants))):</p>\n<div class=\"scroll\"><pre><code>"
            + grants.statements.map { HTMLText.escape($0) + "\n" }.joined() + "</code></pre></div>"
    }

    private static func table(_ caption: String, _ entries: [Unmeasured]) -> String {
        HTMLMarkup.table(
            caption, [("What", false), ("Why", false), ("What to do", false)],
            entries.map { [$0.subject, $0.explanation, $0.remedy].map(HTMLText.escape) })
    }
}
