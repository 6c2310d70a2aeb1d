/// Settings of a deployed task that contradict each other or cannot be what was meant.
struct SettingsReview {
    let task: DeployedTask
    let tables: [TableRecommendation]

    var findings: [Finding] {
        guard let settings = task.settings else { return [] }
        return unread(settings) + modes(settings) + sizes(settings) + logging(settings)
    }

    /// What DMS does not read as it is meant; a file that cannot be read as a whole is told once.
    private func unread(_ settings: DeployedSettings) -> [Finding] {
        settings.violations.map { violation in
            let (id, severity): (LintID, Finding.Severity) =
                switch violation.kind {
                case .misspelt: (.settingMisspelt, .error)
                case .misplaced: (.settingMisplaced, .error)
                case .unreadable: (.settingUnreadable, .error)
                case .unknown: (.settingUnknown, .info)
                }
            return id.finding(
                severity, task.subject, violation.message, remedy: violation.remedy,
                reference: GuidePage.taskSettings)
        }
    }

    private func modes(_ settings: DeployedSettings) -> [Finding] {
        guard settings.isModeKnown else { return [] }
        var found: [Finding] = []
        if !settings.supportsLOBs {
            found.append(
                LintID.lobsLeftOut.finding(
                    .error, task.subject, "SupportLobs is false: the task leaves out every LOB column",
                    remedy: "set SupportLobs to true"))
        } else if settings.isFull == settings.isLimited {
            found.append(
                LintID.modesContradict.finding(
                    .error, task.subject,
                    "FullLobMode and LimitedSizeLobMode are both \(settings.isFull)",
                    remedy: "make exactly one of them true"))
        }
        if settings.inlineLOBMaxSize.count > 0, !settings.isFull {
            found.append(
                LintID.inlineWithoutFullMode.finding(
                    .error, task.subject,
                    "InlineLobMaxSize is \(settings.inlineLOBMaxSize.count) while FullLobMode is false; AWS says: "
                        + "The inline LOB optimization will work for Full LOB mode only",
                    remedy: "set InlineLobMaxSize to 0"))
        }
        return found
    }

    private func sizes(_ settings: DeployedSettings) -> [Finding] {
        var found: [Finding] = []
        let ceiling = Kibibytes.limitedModeCeiling.count
        let limit = settings.isModeKnown && settings.isLimited ? settings.lobMaxSize.value : nil
        if let limit, !(1...ceiling).contains(limit.count) {
            found.append(
                LintID.lobMaxSizeOutOfRange.finding(
                    .error, task.subject,
                    "LobMaxSize is \(limit.count) KB, DMS takes 1 to \(ceiling)",
                    remedy: "use the recommended task settings"))
        }
        if settings.lobChunkSize.count > 64 {
            found.append(
                LintID.chunkSizeTooLarge.finding(
                    .warning, task.subject,
                    "LobChunkSize is \(settings.lobChunkSize.count) KB: above 64 tasks can fail",
                    remedy: "set LobChunkSize to 64"))
        }
        let limits = tables.filter(\.hasLOBs).map(\.limit)
        if let limit, !limits.contains(nil), let largest = limits.compactMap(\.self).max(),
            limit.looksLikeBytes(needed: largest)
        {
            found.append(
                LintID.bytesForKilobytes.finding(
                    .warning, task.subject,
                    "LobMaxSize is \(limit.count) KB, \(limit.count / 1024) times 1,024, while no "
                        + "table needs more than \(largest.count) KB: were bytes meant?",
                    remedy: "LobMaxSize is in KB: \(limit.count / 1024) KB would be written as "
                        + "\(limit.count / 1024)"))
        }
        return found
    }

    private func logging(_ settings: DeployedSettings) -> [Finding] {
        var found: [Finding] = []
        let quiet = ["SOURCE_UNLOAD", "SOURCE_CAPTURE"].filter {
            settings.severity(of: $0) == "LOGGER_SEVERITY_ERROR"
        }
        if !settings.isLoggingEnabled || !quiet.isEmpty {
            let reason =
                settings.isLoggingEnabled
                ? "\(quiet.joined(separator: " and ")) log errors only, and truncations are warnings"
                : "EnableLogging is not true"
            found.append(
                LintID.loggingHidesTruncations.finding(
                    .warning, task.subject, "\(reason): the log would not show that values are cut",
                    remedy: "set EnableLogging to true and the components to LOGGER_SEVERITY_DEFAULT"))
        }
        let group = ["CloudWatchLogGroup", "CloudWatchLogStream"].filter {
            settings.json["Logging"]?.present($0) != nil
        }
        if !group.isEmpty, !task.isFromAWS {
            found.append(
                LintID.logGroupSet.finding(
                    .error, task.subject,
                    "Logging has \(group.joined(separator: " and ")); AWS says: Task Settings CloudWatchLogGroup or "
                        + "CloudWatchLogStream cannot be set on create.",
                    remedy: "remove the keys: AWS chooses group and stream"))
        }
        return found
    }
}

extension Kibibytes {
    /// Whether the number is a plausible size in bytes and much too large in KB: a multiple of 1,024 of at
    /// least 8 KiB, more than eight times what is needed, and enough where it is read as bytes.
    func looksLikeBytes(needed: Kibibytes) -> Bool {
        count >= 8192 && count.isMultiple(of: 1024) && count / 8 > needed.count
            && count / 1024 >= needed.count
    }
}
