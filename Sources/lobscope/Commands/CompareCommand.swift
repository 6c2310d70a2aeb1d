public import ArgumentParser
import LOBAdvice
public import LOBReports
import LOBStore

/// `lobscope compare`: what changed between two snapshots.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Show what changed between two snapshots: sizes, risk and rules of each table.",
        discussion: """
            Examples:
              lobscope compare before after
              lobscope compare before after --fail-on rule
              lobscope compare source target --after-load

            A size got worse when a value is larger than all earlier ones, or larger than expected from a sample. More \
            rows, another time or another seed alone are not worse. The report also says whether sizes changed or only the \
            sample did, whether the old rules still hold, until when at this rate, and how the rules differ.

            With --after-load, rows, values and sizes of the target are checked against those of the source. Tables are \
            paired by name; in databases of different names also by the table's own name, where it occurs once.
            """)

    @Argument(help: "The earlier snapshot, or its report folder.", completion: .file())
    var old: String

    @Argument(help: "The later snapshot, or its report folder.", completion: .file())
    var new: String

    @Option(name: .shortAndLong, help: "text, json, md or html.")
    var format: PageFormat = .text

    @Flag(help: "Show only what got worse; print nothing if nothing did.")
    var onlyWorse = false

    @Flag(help: "OLD is the source of a load and NEW its target: say what did not arrive whole.")
    var afterLoad = false

    @Flag(help: "Exit with status 2 if a size, a risk or a rule got worse.")
    var exitCode = false

    @Option(
        help: ArgumentHelp(
            "Exit with status 2 for a change of this kind or a more serious one: size (a value grew), rule (a rule must change), limit (an old limit cuts values now).",
            valueName: "kind"))
    var failOn: FailingChange?

    @OptionGroup(title: "Output") var output: OutputOptions

    /// What `--fail-on` takes.
    enum FailingChange: String, CaseIterable, ExpressibleByArgument {
        case size, rule, limit

        var consequence: TableChange.Consequence {
            switch self {
            case .size: .size
            case .rule: .rule
            case .limit: .limit
            }
        }
    }

    mutating func validate() throws {
        guard failOn == nil || !afterLoad else {
            throw ValidationError(
                "--fail-on compares two profiles of one database; with --after-load use --exit-code.")
        }
    }

    func run() throws {
        let comparison = Comparison(
            old: try StoredReport.snapshot(old).profile, new: try StoredReport.snapshot(new).profile,
            question: afterLoad ? .load : .later)
        if !afterLoad { try refuseOthers(comparison) }
        let report = ComparisonReport(comparison, isOnlyWorse: onlyWorse, paths: (old, new))
        try StandardOutput.write(
            report.render(format, width: Terminal.columns, isColored: output.usesColor))
        if exitCode, comparison.isWorse { throw ExitCode.somethingToActOn }
        if let failOn,
            comparison.tables.contains(where: { $0.consequence.map { $0 >= failOn.consequence } ?? false })
        {
            throw ExitCode.somethingToActOn
        }
    }

    /// What is no earlier and later state of one database would be called worse or better for no reason.
    private func refuseOthers(_ comparison: Comparison) throws(CommandFailure) {
        if comparison.isAcrossDatabases {
            throw CommandFailure(
                "\"\(new)\": a snapshot of another database or server than \"\(old)\"\n"
                    + "hint: if the second was loaded from the first, add --after-load")
        }
        if comparison.new.startedAt < comparison.old.startedAt {
            throw CommandFailure(
                "\"\(new)\": measured before \"\(old)\"\nhint: give the earlier snapshot first")
        }
    }
}

extension PageFormat: ExpressibleByArgument {}
