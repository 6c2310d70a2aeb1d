import LOBAdvice

/// The DMS task that goes with the tables.
enum MarkdownTask {
    /// The section.
    static func section(_ report: Report) -> MarkdownSection {
        MarkdownSection(.task, [text(report)])
    }

    private static func text(_ report: Report) -> String {
        var settings = MarkdownTable([("Task setting", false), ("Value", false)])
        settings.rows = TaskText.settings(report.recommendation.task).map { ["`\($0.key)`", $0.value] }
        let details = LargeObjectText.details(report.profile).map {
            "\n- \($0.topic): \(MarkdownText.escape($0.text))"
        }
        let objects =
            MarkdownText.escape(LargeObjectText.line(report.profile))
            + (details.isEmpty ? "" : "\n" + details.joined())
        guard report.taskNames.isEmpty else {
            return slots(report) + "Large objects (`pg_largeobject`): \(objects)\n"
        }
        return """
            ## DMS task

            \(settings.text)
            \(TaskText.files(report)) `bulk-max-size` of an unlimited rule and `InlineLobMaxSize` have no effect in CDC.

            Large objects (`pg_largeobject`): \(objects)

            """
    }

    /// One task for each slot.
    private static func slots(_ report: Report) -> String {
        var table = MarkdownTable(TaskText.slotColumns)
        table.rows = TaskText.slotRows(report).map { $0.map(MarkdownText.escape) }
        return """
            ## DMS tasks

            \(table.text)
            Each folder holds the rules, the complete task settings, and the settings of a source endpoint of its own: an \
            endpoint has one slot. `bulk-max-size` of an unlimited rule and `InlineLobMaxSize` have no effect in CDC.

            """ + "\n"
    }
}
