import ArgumentParser
import LOBProfile
import LOBReports
import LOBStore

/// `lobscope compare`: what changed between two snapshots.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Show what changed between two snapshots: sizes, risk and rules of each table.",
        discussion: """
            A size got worse when a value is larger than every one before, or larger than was expected of a sample. \
            Other times, other seeds and more rows alone are not worse.
            """)

    @Argument(help: "The earlier snapshot, or its report folder.")
    var old: String

    @Argument(help: "The later snapshot, or its report folder.")
    var new: String

    @Option(name: .shortAndLong, help: "text or json.")
    var format: Format = .text

    @Flag(help: "Exit with status 2 when a size, a risk or a rule got worse.")
    var exitCode = false

    @OptionGroup(title: "Output") var output: OutputOptions

    /// The forms of a comparison.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    func run() throws {
        let comparison = Comparison(
            old: try StoredReport.open(old).profile, new: try StoredReport.open(new).profile)
        switch format {
        case .text:
            try StandardOutput.write(
                ComparisonText.render(comparison, width: Terminal.columns, isColored: output.usesColor))
        case .json: try StandardOutput.write(ComparisonJSON.render(comparison))
        }
        if exitCode, comparison.isWorse { throw ExitCode.somethingToActOn }
    }
}
