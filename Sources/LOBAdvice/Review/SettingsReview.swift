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
            return id.finding(severity, task.subject, .settings(.violation(violation)), .taskSettings)
        }
    }

    private func modes(_ settings: DeployedSettings) -> [Finding] {
        guard settings.isModeKnown else { return [] }
        var found: [Finding] = []
        if !settings.supportsLOBs {
            found.append(LintID.lobsLeftOut.finding(.error, task.subject, .settings(.lobsLeftOut)))
        } else if settings.isFull == settings.isLimited {
            found.append(
                LintID.modesContradict.finding(.error, task.subject, .settings(.bothModes(settings.isFull))))
        }
        if settings.inlineLOBMaxSize.count > 0, !settings.isFull {
            found.append(
                LintID.inlineWithoutFullMode.finding(
                    .error, task.subject, .settings(.inlineWithoutFullMode(settings.inlineLOBMaxSize))))
        }
        return found
    }

    private func sizes(_ settings: DeployedSettings) -> [Finding] {
        var found: [Finding] = []
        let limit = settings.isModeKnown && settings.isLimited ? settings.lobMaxSize.value : nil
        if let limit, !(1...Kibibytes.limitedModeCeiling.count).contains(limit.count) {
            found.append(
                LintID.lobMaxSizeOutOfRange.finding(
                    .error, task.subject, .settings(.lobMaxSizeOutOfRange(limit))))
        }
        if settings.lobChunkSize.count > 64 {
            found.append(
                LintID.chunkSizeTooLarge.finding(
                    .warning, task.subject, .settings(.chunkSizeTooLarge(settings.lobChunkSize))))
        }
        let limits = tables.filter(\.hasLOBs).map(\.limit)
        if let limit, !limits.contains(nil), let largest = limits.compactMap(\.self).max(),
            limit.looksLikeBytes(needed: largest)
        {
            found.append(
                LintID.bytesForKilobytes.finding(
                    .warning, task.subject, .settings(.bytesForKilobytes(limit, needed: largest))))
        }
        return found
    }

    private func logging(_ settings: DeployedSettings) -> [Finding] {
        var found: [Finding] = []
        let quiet = ["SOURCE_UNLOAD", "SOURCE_CAPTURE"].filter {
            settings.severity(of: $0) == "LOGGER_SEVERITY_ERROR"
        }
        if !settings.isLoggingEnabled || !quiet.isEmpty {
            found.append(
                LintID.loggingHidesTruncations.finding(
                    .warning, task.subject,
                    .settings(settings.isLoggingEnabled ? .logsErrorsOnly(quiet) : .loggingOff)))
        }
        let group = ["CloudWatchLogGroup", "CloudWatchLogStream"].filter {
            settings.json["Logging"]?.present($0) != nil
        }
        if !group.isEmpty, !task.isFromAWS {
            found.append(LintID.logGroupSet.finding(.error, task.subject, .settings(.logGroup(group))))
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
