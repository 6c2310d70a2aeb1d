import LOBAdvice

/// Where a report of a run stands, so that commands can be told that work as they are pasted.
public struct ReportPlace: Sendable {
    /// The folder, or the snapshot.
    let path: String
    /// Whether it is a report folder, with the files that go with the report.
    let isFolder: Bool
    /// What a shell takes for the connection; nil where a password would be in it.
    let connection: String?

    /// Creates a place.
    ///
    /// - Parameters:
    ///   - path: the report folder or the snapshot.
    ///   - isFolder: whether it is a folder.
    ///   - connection: the arguments of the command that name the server; nil where they cannot be shown.
    public init(path: String, isFolder: Bool, connection: [String]?) {
        self.isFolder = isFolder
        // What is shown as an escape would be another path where it is pasted.
        self.path = VisibleText.escape(path).utf8.elementsEqual(path.utf8) ? Self.word(path) : "FOLDER"
        self.connection = connection.map { $0.map(Self.argument).joined(separator: " ") }
    }

    /// An argument, which may be an option.
    private static func argument(_ text: String) -> String {
        text.utf8.count == 2 && text.utf8.first == UInt8(ascii: "-") ? text : word(text)
    }

    /// A word that a POSIX shell passes on unchanged.
    static func word(_ text: String) -> String {
        // A path that looks like an option would be one.
        let text = text.utf8.first == UInt8(ascii: "-") ? "./\(text)" : text
        let isPlain = text.utf8.allSatisfy { byte in
            0x61...0x7A ~= byte || 0x41...0x5A ~= byte || 0x30...0x39 ~= byte
                || "_-./:=@%+,".utf8.contains(byte)
        }
        return isPlain && !text.utf8.isEmpty ? text : "'\(text.replacing("'", with: "'\\''"))'"
    }
}

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
