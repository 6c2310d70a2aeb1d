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
            A size got worse when a value is larger than every one before, or larger than was expected of a sample. \
            Other times, other seeds and more rows alone are not worse. It also says whether sizes changed or only the \
            sample did, whether the old rules hold and until when at this rate, and how the rules differ.

            With --after-load rows, values and sizes of the target are held against those of the source. Tables are \
            paired by name; in databases of different names also by the table's own name, where it occurs once.
            """)

    @Argument(help: "The earlier snapshot, or its report folder.", completion: .file())
    var old: String

    @Argument(help: "The later snapshot, or its report folder.", completion: .file())
    var new: String

    @Option(name: .shortAndLong, help: "text, json, md or html.")
    var format: ComparisonFormat = .text

    @Flag(help: "Show only what got worse; print nothing where nothing did.")
    var onlyWorse = false

    @Flag(help: "The first is the source of a load and the second its target: say what did not arrive whole.")
    var afterLoad = false

    @Flag(help: "Exit with status 2 when a size, a risk or a rule got worse.")
    var exitCode = false

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let comparison = Comparison(
            old: try StoredReport.open(old).profile, new: try StoredReport.open(new).profile,
            question: afterLoad ? .load : .later)
        let report = ComparisonReport(comparison, isOnlyWorse: onlyWorse)
        try StandardOutput.write(
            report.render(format, width: Terminal.columns, isColored: output.usesColor))
        if exitCode, comparison.isWorse { throw ExitCode.somethingToActOn }
    }
}

extension ComparisonFormat: ExpressibleByArgument {}
