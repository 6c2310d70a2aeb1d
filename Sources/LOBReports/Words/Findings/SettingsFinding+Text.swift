import LOBAdvice

extension SettingsFinding {
    /// What a task does with these settings, and what to write instead.
    var text: FindingText {
        switch self {
        case .violation(let violation): .init(violation.message, remedy: violation.remedy)
        case .lobsLeftOut:
            .init(
                "SupportLobs is false: the task leaves out every LOB column",
                remedy: "set SupportLobs to true")
        case .bothModes(let areOn):
            .init(
                "FullLobMode and LimitedSizeLobMode are both \(areOn)",
                remedy: "make exactly one of them true")
        case .inlineWithoutFullMode(let size):
            .init(
                "InlineLobMaxSize is \(size.count) while FullLobMode is false; AWS says: "
                    + "The inline LOB optimization will work for Full LOB mode only",
                remedy: "set InlineLobMaxSize to 0")
        case .lobMaxSizeOutOfRange(let size):
            .init(
                "LobMaxSize is \(size.count) KB, DMS takes 1 to \(Kibibytes.limitedModeCeiling.count)",
                remedy: "use the recommended task settings")
        case .chunkSizeTooLarge(let size):
            .init(
                "LobChunkSize is \(size.count) KB: above 64 tasks can fail", remedy: "set LobChunkSize to 64")
        case .bytesForKilobytes(let size, let needed):
            .init(
                "LobMaxSize is \(size.count) KB, \(size.count / 1024) times 1,024, while no "
                    + "table needs more than \(needed.count) KB: were bytes meant?",
                remedy:
                    "LobMaxSize is in KB: \(size.count / 1024) KB would be written as \(size.count / 1024)")
        case .loggingOff: Self.quiet("EnableLogging is not true")
        case .logsErrorsOnly(let components):
            Self.quiet(
                "\(components.joined(separator: " and ")) log errors only, and truncations are warnings")
        case .logGroup(let keys):
            .init(
                "Logging has \(keys.joined(separator: " and ")); AWS says: Task Settings CloudWatchLogGroup or "
                    + "CloudWatchLogStream cannot be set on create.",
                remedy: "remove the keys: AWS chooses group and stream")
        case .partialValidation(let compared, let smallest):
            .init(
                "ValidationPartialLobSize is \(compared.count) (0 is all), but values are cut at \(smallest.count) KB: every "
                    + "cut value is reported as a mismatch",
                remedy: "set ValidationPartialLobSize to \(smallest.count)")
        case .validationByLOBKey(let key, let table, let columns):
            .init(
                "validation is on, and the key \"\(key.losslessText)\" of \"\(table.losslessText)\" has "
                    + "LOB columns (\(columns.map { "\"\($0.losslessText)\"" }.joined(separator: ", "))): DMS does not validate "
                    + "such a table",
                remedy: "give columns of type text a length, or compare the table by other means")
        }
    }

    private static func quiet(_ reason: String) -> FindingText {
        .init(
            "\(reason): the log would not show that values are cut",
            remedy: "set EnableLogging to true and the components to LOGGER_SEVERITY_DEFAULT")
    }
}
