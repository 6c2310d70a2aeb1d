import LOBAdvice

/// Task settings in words.
enum TaskText {
    /// The LOB mode of the task.
    static func lobs(_ task: TaskSettings) -> String {
        switch task.lobs {
        case .limited(let size): "LimitedSizeLobMode true, LobMaxSize \(size.count)"
        case .full: "FullLobMode true, InlineLobMaxSize \(task.inlineLOBMaxSize.count)"
        }
    }

    /// Where the whole of it is: AWS refuses a mapping that selects no table, so there is none then.
    static func files(_ report: Report) -> String {
        report.recommendation.mapping.hasSelection
            ? "The complete settings are in task-settings.json, the rules in table-mappings.json, the endpoint's in "
                + "endpoint-settings.json."
            : "The complete settings are in task-settings.json, the endpoint's in endpoint-settings.json. There is no "
                + "table-mappings.json, as no rule would select a table."
    }

    /// The keys that the recommendation decides, with their values.
    static func settings(_ task: TaskSettings) -> [(key: String, value: String)] {
        let (isLimited, size): (Bool, Int) =
            switch task.lobs {
            case .limited(let size): (true, size.count)
            case .full: (false, 0)
            }
        return [
            ("SupportLobs", "true"), ("LimitedSizeLobMode", "\(isLimited)"), ("FullLobMode", "\(!isLimited)"),
            ("LobMaxSize", "\(size)"), ("LobChunkSize", "64"),
            ("InlineLobMaxSize", "\(task.inlineLOBMaxSize.count)"),
            ("ValidationPartialLobSize", "\(task.validationPartialLOBSize.count)"),
            ("BatchApplyEnabled", "\(task.isBatchApplyEnabled)"),
        ]
    }

    /// What the table of tasks is.
    static func caption(_ report: Report) -> String {
        report.recommendation.tasks.contains { $0.slot != nil }
            ? "One task for each slot" : "Tasks, as a mapping has at most 2 MB"
    }

    /// The columns of the table of tasks.
    static let columns: [PageTable.Column<TaskFiles>] = [
        .init("Task", isElastic: true) { .code($0.task.name?.losslessText ?? "") },
        .init("Folder", isElastic: true) { .code($0.folder ?? "") },
        .init("Tables", isNumeric: true) { files in
            "\(files.task.mapping.rules.count { $0.ruleType == .selection })"
        },
        .init("LOB mode") { PageText(lobs($0.task.settings)) },
        .init("Batch apply") { PageText("\($0.task.settings.isBatchApplyEnabled)" as String) },
        .init("Starts at") { PageText($0.task.cdcStart ?? start(after: $0.task.confirmedPosition)) },
        .init("Extra connection attributes") { .code($0.task.endpoint.extraConnectionAttributes) },
    ]

    private static func start(after confirmed: String?) -> String {
        "to be filled in" + (confirmed.map { ", from \($0) on" } ?? "")
    }
}
