import LOBProfile

/// The DMS task that goes with the tables.
enum MarkdownTask {
    /// The section.
    static func section(_ report: Report) -> String {
        var settings = MarkdownTable([("Task setting", false), ("Value", false)])
        settings.rows = TaskText.settings(report.recommendation.task).map { ["`\($0.key)`", $0.value] }
        let objects = MarkdownText.escape(LargeObjectText.line(report.profile))
        return """
            ## DMS task

            \(settings.text)
            The complete settings are in task-settings.json, the rules in table-mappings.json, the endpoint's in \
            endpoint-settings.json. `bulk-max-size` of an unlimited rule and `InlineLobMaxSize` have no effect in CDC.

            Large objects (`pg_largeobject`): \(objects)

            """
    }
}
