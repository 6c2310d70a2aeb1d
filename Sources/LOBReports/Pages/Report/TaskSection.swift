import LOBAdvice

/// The DMS tasks that go with the tables.
enum TaskSection {
    /// The section.
    static func section(_ report: Report) -> PageSection {
        let isOne = report.taskNames.isEmpty
        return PageSection(
            id: "task", title: isOne ? "DMS task" : "DMS tasks", importance: .task,
            blocks: (isOne ? settings(report) : tasks(report)) + largeObjects(report))
    }

    private static func settings(_ report: Report) -> [PageBlock] {
        let settings = PageTable(
            "Task settings that sizes decide", TaskText.settings(report.recommendation.task),
            [
                .init("Task setting") { .code($0.key) },
                .init("Value", isNumeric: true) { PageText($0.value) },
            ])
        return [.table(settings), .paragraph("\(TaskText.files(report)) \(withoutEffect)")]
    }

    private static func tasks(_ report: Report) -> [PageBlock] {
        [
            .table(
                PageTable(
                    TaskText.caption(report), TaskFiles.all(of: report.recommendation), TaskText.columns)),
            .paragraph(
                """
                Each folder holds the rules, the complete task settings, and the settings of a source endpoint of its own: \
                an endpoint has one slot. \(withoutEffect)
                """),
        ]
    }

    private static let withoutEffect: PageText =
        "\(code: "bulk-max-size") of an unlimited rule and \(code: "InlineLobMaxSize") have no effect in CDC."

    private static func largeObjects(_ report: Report) -> [PageBlock] {
        let details = LargeObjectText.details(report.profile)
        let line = LargeObjectText.line(report.profile)
        return [.paragraph("Large objects (\(code: "pg_largeobject")): \(line).")]
            + (details.isEmpty ? [] : [.facts(details)])
    }
}
