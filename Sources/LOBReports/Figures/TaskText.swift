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

    /// The headings of the table of slots, each with whether its column holds figures.
    static let slotColumns: [(title: String, isNumeric: Bool)] = [
        ("Task", false), ("Folder", false), ("Tables", true), ("LOB mode", false), ("Batch apply", false),
        ("Starts at", false), ("Extra connection attributes", false),
    ]

    private static func start(after confirmed: String?) -> String {
        "to be filled in" + (confirmed.map { ", from \($0) on" } ?? "")
    }

    /// A row for each slot.
    static func slotRows(_ report: Report) -> [[String]] {
        TaskFiles.all(of: report.recommendation).map { files in
            let task = files.task
            return [
                task.name?.losslessText ?? "", files.folder ?? "",
                "\(task.mapping.rules.count { $0.ruleType == .selection })", lobs(task.settings),
                "\(task.settings.isBatchApplyEnabled)", task.cdcStart ?? start(after: task.confirmedPosition),
                task.endpoint.extraConnectionAttributes,
            ]
        }
    }
}
