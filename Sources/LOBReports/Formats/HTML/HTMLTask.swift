import LOBAdvice

/// The DMS task of report.html.
enum HTMLTask {
    /// The section.
    static func section(_ report: Report) -> String {
        guard report.taskNames.isEmpty else { return slots(report) }
        let rows = TaskText.settings(report.recommendation.task).map { ["<code>\($0.key)</code>", $0.value] }
        let table = HTMLMarkup.table(
            "Task settings that sizes decide", [("Setting", false), ("Value", true)], rows)
        return HTMLMarkup.section(
            "task", "DMS task",
            """
            \(table)
            <p>\(TaskText.files(report)) <code>bulk-max-size</code> of an unlimited rule and <code>InlineLobMaxSize</code> \
            have no effect in CDC.</p>
            \(largeObjects(report))
            """)
    }

    /// One task for each slot.
    private static func slots(_ report: Report) -> String {
        let rows = TaskText.slotRows(report).map { $0.map(HTMLText.escape) }
        return HTMLMarkup.section(
            "task", "DMS tasks",
            """
            \(HTMLMarkup.table(TaskText.caption(report), TaskText.slotColumns, rows))
            <p>Each folder holds the rules, the complete task settings, and the settings of a source endpoint of its own: \
            an endpoint has one slot. <code>bulk-max-size</code> of an unlimited rule and <code>InlineLobMaxSize</code> \
            have no effect in CDC.</p>
            \(largeObjects(report))
            """)
    }

    private static func largeObjects(_ report: Report) -> String {
        let line = HTMLText.escape(LargeObjectText.line(report.profile))
        let details = LargeObjectText.details(report.profile)
        return "<p>Large objects (<code>pg_largeobject</code>): \(line).</p>"
            + (details.isEmpty ? "" : "\n" + HTMLMarkup.definitions(details))
    }
}
