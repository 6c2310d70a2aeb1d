import LOBAdvice

/// The commands that a reader of the report most likely wants next.
enum NextWords {
    /// What to do, each with its command, the most useful first.
    static func steps(_ report: Report, atMost most: Int) -> [PageBlock] {
        if let emptiness = ScopeText.emptiness(report.profile) {
            return [.paragraph(PageText(emptiness.hint))]
        }
        let path = report.place?.path ?? "FOLDER"
        let steps = [missing(report, path), doubtful(report), repair(report, path), deploy(report, path)]
            .compactMap(\.self)
        let later: Step = ("after the next run, see what got worse", ["lobscope compare \(path) NEW"])
        return (steps + [later]).prefix(most).flatMap { what, commands -> [PageBlock] in
            [.paragraph(PageText("\(what):" as String)), .code(commands)]
        }
    }

    /// What is done, and the command or files for it.
    private typealias Step = (what: String, commands: [String])

    private static func connection(_ report: Report) -> String {
        guard let place = report.place else { return " CONNINFO" }
        return place.connection.map { $0.utf8.isEmpty ? "" : " \($0)" } ?? " CONNINFO"
    }

    private static func missing(_ report: Report, _ path: String) -> Step? {
        // What was read in one moment cannot be resumed in another.
        let isOneMoment = report.profile.certificate?.isOneMoment ?? false
        guard !report.profile.isComplete, !isOneMoment, report.place?.isFolder ?? true else { return nil }
        let command = "lobscope profile\(connection(report)) --resume \(path) --out NEW"
        return Grants(report.profile).statements.isEmpty
            ? ("when the reasons above are gone, measure what is missing", [command])
            : ("after the GRANTs above, measure what is missing", [command])
    }

    private static func doubtful(_ report: Report) -> Step? {
        let doubtful = TableFigures.lobTable(report).filter { table in
            table.coverage == .sampled
                || table.readLOBs.contains {
                    $0.estimate.coverage == .refused && !$0.estimate.isRefusedForRowsToCome
                }
        }
        guard let table = doubtful.first(where: { $0.coverage == .refused }) ?? doubtful.first else {
            return nil
        }
        guard let option = option(for: table.table.name) else { return nil }
        let command = "lobscope profile\(connection(report)) --method full\(option)"
        return ("measure every row of what was sampled", [command])
    }

    private static func repair(_ report: Report, _ path: String) -> Step? {
        let sides = Set(
            report.recommendation.findings.filter { $0.severity > .info && $0.acceptance == nil }
                .compactMap(\.fix?.side))
        guard !sides.isEmpty, report.place?.isFolder ?? true else { return nil }
        let files = Finding.Fix.Side.allCases.filter(sides.contains)
        return (
            "read, then run, the SQL that mends findings", files.map { "\(path)/\(FixScript.fileName($0))" }
        )
    }

    private static func deploy(_ report: Report, _ path: String) -> Step? {
        // What was rendered with other options is not what the folder holds.
        guard report.place?.connection != nil, report.recommendation.verdict != .notReady,
            report.recommendation.mapping.hasSelection
        else {
            return nil
        }
        return ("deploy", ["lobscope render \(path) --format aws-cli"])
    }

    /// `--table` with a pattern that is this name alone; nil for a name that no shell line can hold.
    private static func option(for name: RelationName) -> String? {
        let bytes = name.schema.bytes + name.name.bytes
        let isPlain = bytes.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == UInt8(ascii: "_") }
        if isPlain { return " --table \(name.losslessText)" }
        guard let text = NamePattern(exactly: name).source.text,
            text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { return nil }
        return " --table \(ReportPlace.word(text))"
    }
}
