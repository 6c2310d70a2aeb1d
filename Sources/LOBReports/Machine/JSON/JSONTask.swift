import LOBAdvice

/// An element of `tasks` in report.json: one of the recommended tasks.
enum JSONTask {
    /// The task with its folder.
    static func json(_ files: TaskFiles) -> JSONValue {
        let task = files.task
        return .members([
            "slot": task.slot.map { JSONText.name($0) } ?? .null,
            "name": task.name.map { JSONText.name($0) } ?? .null,
            "folder": JSONText.text(files.folder),
            "tables": .integer(task.mapping.rules.count { $0.ruleType == .selection }),
            "cdcStart": JSONText.text(task.cdcStart),
            "confirmedPosition": JSONText.text(task.confirmedPosition),
            "extraConnectionAttributes": .text(task.endpoint.extraConnectionAttributes),
            "settings": settings(task.settings),
        ])
    }

    /// What sizes decide of the settings.
    static func settings(_ task: TaskSettings) -> JSONValue {
        let (isLimited, size): (Bool, Int) =
            switch task.lobs {
            case .limited(let size): (true, size.count)
            case .full: (false, 0)
            }
        return .members([
            "limitedSizeLobMode": .bool(isLimited),
            "fullLobMode": .bool(!isLimited),
            "lobMaxSizeKiB": .integer(size),
            "inlineLobMaxSizeKiB": .integer(task.inlineLOBMaxSize.count),
            "validationPartialLobSizeKiB": .integer(task.validationPartialLOBSize.count),
            "batchApplyEnabled": .bool(task.isBatchApplyEnabled),
        ])
    }
}
