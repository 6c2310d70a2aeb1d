public import ArgumentParser
import LOBProfile
public import LOBReports
import LOBStore

/// `lobscope render`: any output format again from a snapshot.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Print any output format again from a snapshot, without a server.",
        discussion: "The same snapshot gives the same bytes, always.")

    @Argument(help: ArgumentHelp("A snapshot, or a report folder that holds one.", valueName: "snapshot"))
    var snapshot: String

    @Option(name: .shortAndLong, help: "The format.")
    var format: ReportFormat = .text

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let report = try StoredReport.open(snapshot)
        guard format != .text else {
            return try StandardOutput.write(TerminalReport.render(report, width: Terminal.columns, isColored: output.usesColor))
        }
        try StandardOutput.write(report.render(format))
    }
}

extension ReportFormat: ExpressibleByArgument {}
