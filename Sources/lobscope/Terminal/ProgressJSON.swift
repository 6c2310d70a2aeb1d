import LOBAdvice
import LOBReports
import LOBSurvey

/// Progress for programs: one JSON object a line.
enum ProgressJSON {
    /// The line of an event that is told when it happens; nil for one that only moves the figures.
    static func line(_ event: SurveyEvent, _ figures: ProgressFigures) -> [UInt8]? {
        switch event {
        case .planned: object("planned", figures, [])
        case .plannedAgain(let table):
            object("plannedAgain", figures, [("table", .text(table.relation.name.losslessText))])
        case .finished(let table): object("finished", figures, [("table", .text(table.losslessText))])
        case .unmeasured(let entry):
            object(
                "unmeasured", figures,
                [
                    ("subject", .text(entry.relation?.losslessText ?? "large objects")),
                    ("column", entry.column.map { .text($0.losslessText) } ?? .null),
                    ("reason", .text(UnmeasuredWords.explanation(entry))),
                ])
        case .reconnecting(let reason, let seconds):
            object("reconnecting", figures, [("reason", .text(reason)), ("afterSeconds", real(seconds))])
        case .readerLost(let place, let reason):
            object(
                "readerLost", figures,
                [("reader", .text(place)), ("reason", .text(UnmeasuredWords.reason(reason)))])
        case .shardsNotRead(let table, let problem):
            object(
                "shardsNotRead", figures,
                [("table", .text(table.losslessText)), ("reason", .text(ShardWords(problem).reason))])
        case .resumed(let seconds): object("resumed", figures, [("afterSeconds", real(seconds))])
        case .snapshotTaken: object("snapshotTaken", figures, [])
        case .snapshotIsOld(let seconds):
            object("snapshotIsOld", figures, [("ageSeconds", real(seconds))])
        case .largeObjects: object("largeObjects", figures, [])
        case .linkUnverified: object("linkUnverified", figures, [])
        case .read, .carriedOver, .paused: nil
        }
    }

    /// The line that comes at intervals.
    static func line(_ figures: ProgressFigures) -> [UInt8] {
        guard let pause = figures.pause else {
            return object(
                "progress", figures,
                [
                    ("blocksPerSecond", .integer(Int(figures.rate))),
                    ("secondsLeft", figures.secondsLeft.map(real) ?? .null),
                    ("table", figures.current.map { .text($0.losslessText) } ?? .null),
                ])
        }
        return object(
            "paused", figures,
            [
                ("reason", .text(pause.reason)), ("pausedSeconds", real(pause.seconds)),
                ("pauseLimitSeconds", real(pause.limit)),
            ])
    }

    private static func object(
        _ event: String, _ figures: ProgressFigures, _ members: [(String, JSONValue)]
    ) -> [UInt8] {
        let common: [(String, JSONValue)] = [
            ("event", .text(event)), ("seconds", real(figures.seconds)), ("blocks", .integer(figures.read)),
            ("blocksPlanned", .integer(figures.planned)), ("tables", .integer(figures.finished)),
            ("tablesPlanned", .integer(figures.tables)),
        ]
        return JSONValue.object(
            (common + members).map { JSONMember(key: Array($0.0.utf8), value: $0.1) }
        ).compactBytes
    }

    /// Seconds with three decimals.
    private static func real(_ seconds: Double) -> JSONValue {
        let rounded = (seconds * 1000).rounded() / 1000
        return .number(Array(String(rounded.isFinite ? rounded : 0).utf8))
    }
}
