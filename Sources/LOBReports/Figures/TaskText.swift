import LOBProfile

/// Task settings in words.
enum TaskText {
    /// The LOB mode of the task.
    static func lobs(_ task: TaskSettings) -> String {
        switch task.lobs {
        case .limited(let size): "LimitedSizeLobMode true, LobMaxSize \(size.count)"
        case .full: "FullLobMode true, LobMaxSize 0"
        }
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
            ("LobMaxSize", "\(size)"), ("LobChunkSize", "64"), ("InlineLobMaxSize", "0"),
            ("ValidationPartialLobSize", "\(task.validationPartialLOBSize.count)"),
            ("BatchApplyEnabled", "\(task.isBatchApplyEnabled)"),
        ]
    }

    /// The headings of the table of slots, each with whether its column holds figures.
    static let slotColumns: [(title: String, isNumeric: Bool)] = [
        ("Slot", false), ("Folder", false), ("Tables", true), ("LOB mode", false), ("Batch apply", false),
        ("Starts at", false), ("Extra connection attributes", false),
    ]

    /// A row for each slot.
    static func slotRows(_ report: Report) -> [[String]] {
        TaskFiles.all(of: report.recommendation).map { files in
            let task = files.task
            return [
                task.slot?.losslessText ?? "", files.folder ?? "",
                "\(task.mapping.rules.count { $0.ruleType == .selection })", lobs(task.settings),
                "\(task.settings.isBatchApplyEnabled)", task.cdcStart ?? "to be filled in",
                task.endpoint.extraConnectionAttributes,
            ]
        }
    }
}
