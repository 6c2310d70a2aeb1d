import LOBAdvice

/// The commands that a reader of a report most likely wants next.
enum NextWords {
    /// What is done, and the commands or files for it.
    struct Step: Sendable, Equatable {
        let what: String
        let commands: [String]
    }

    /// Steps on a page.
    static func blocks(_ steps: some Sequence<Step>) -> [PageBlock] {
        steps.flatMap { step -> [PageBlock] in
            [.paragraph(PageText("\(step.what):" as String)), .code(step.commands)]
        }
    }

    /// The section with steps; nil where there are none.
    static func section(_ steps: [Step]) -> PageSection? {
        guard !steps.isEmpty else { return nil }
        return PageSection(id: "next", title: "Next", importance: .method, blocks: blocks(steps))
    }

    /// What to do about a report, each with its command, the most useful first.
    static func steps(_ report: Report, atMost most: Int) -> [PageBlock] {
        if let emptiness = ScopeText.emptiness(report.profile) {
            return [.paragraph(PageText(emptiness.hint))]
        }
        let steps = [missing(report), doubtful(report), repair(report), deploy(report), later(report)]
        return blocks(steps.compactMap(\.self).prefix(most))
    }

    private static func path(_ report: Report) -> String { report.place?.path ?? "FOLDER" }

    private static func next(_ report: Report) -> String { report.place?.next ?? "NEW" }

    /// A profile like the one of the report, into the folder of the next run.
    private static func profile(
        _ report: Report, _ more: String = "", without dropped: Set<String> = []
    ) -> String {
        let options = report.place?.profileOptions(without: dropped) ?? " CONNINFO"
        return "lobscope profile\(options)\(more) --out \(next(report))"
    }

    private static func missing(_ report: Report) -> Step? {
        // What was read in one moment cannot be resumed in another.
        let isOneMoment = report.profile.certificate?.isOneMoment ?? false
        guard !report.profile.isComplete, !isOneMoment, report.place?.isFolder ?? true else { return nil }
        let what =
            Grants(report.profile).statements.isEmpty
            ? "when the reasons above are gone, measure what is missing"
            : "after the GRANTs above, measure what is missing"
        return Step(
            what: what, commands: [profile(report, " --resume \(path(report))", without: ["--consistent"])])
    }

    /// Tables that are named one by one; more are measured with the scope of the run.
    private static let named = 3
    private static let scope: Set = ["--schema", "-n", "--table", "-t", "--exclude-table", "-T"]
    /// What belongs to a sample or a bound.
    private static let sampling: Set = [
        "--method", "--sample-by", "--sample-percent", "--seed", "--time-budget", "--histogram",
    ]

    private static func doubtful(_ report: Report) -> Step? {
        let doubtful = TableFigures.lobTable(report).filter { table in
            table.coverage == .sampled
                || table.readLOBs.contains {
                    $0.estimate.coverage == .refused && !$0.estimate.isRefusedForRowsToCome
                }
        }
        guard !doubtful.isEmpty else { return nil }
        let options = doubtful.prefix(named + 1).compactMap { option(for: $0.table.name) }
        let areNamed = doubtful.count <= named && options.count == doubtful.count
        let command = profile(
            report, " --method full\(areNamed ? options.joined() : "")",
            without: areNamed ? sampling.union(scope) : sampling)
        return Step(what: "measure every row of what was sampled", commands: [command])
    }

    private static func repair(_ report: Report) -> Step? {
        let sides = Set(
            report.findings.filter { $0.severity > .info && $0.acceptance == nil }
                .compactMap(\.fix?.side))
        guard !sides.isEmpty, report.place?.isFolder ?? true else { return nil }
        let files = Finding.Fix.Side.allCases.filter(sides.contains)
        return Step(
            what: "read the SQL that mends findings, then run it with psql as an owner of the tables",
            commands: files.map { "less \(path(report))/\(FixScript.fileName($0))" })
    }

    private static func deploy(_ report: Report) -> Step? {
        guard let place = report.place, report.recommendation.verdict != .notReady,
            report.recommendation.mapping.hasSelection
        else { return nil }
        return Step(
            what: "deploy",
            commands: ["lobscope render \(place.path)\(place.renderOptions) --format aws-cli > tasks.sh"])
    }

    private static func later(_ report: Report) -> Step {
        let compare = "lobscope compare \(path(report)) \(next(report))"
        // Where something is missing, the next run measures that.
        return report.place?.isOfProfile ?? false && report.profile.isComplete
            ? Step(what: "later, profile again and see what got worse", commands: [profile(report), compare])
            : Step(what: "after the next run, see what got worse", commands: [compare])
    }

    /// `--table` with a pattern that is this name alone; nil for a name that no shell line can hold.
    private static func option(for name: RelationName) -> String? {
        let bytes = name.schema.bytes + name.name.bytes
        let isPlain = bytes.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == UInt8(ascii: "_") }
        if isPlain { return " --table \(name.losslessText)" }
        return NamePattern(exactly: name).source.text.flatMap(ShellWord.quoted).map { " --table \($0)" }
    }
}
