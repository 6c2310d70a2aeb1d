import ArgumentParser
import LOBReports

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is shown, and how.
struct OutputOptions: ParsableArguments {
    @Flag(
        name: .shortAndLong,
        help:
            "Print nothing on standard error unless the command fails or something was not measured; results are still printed."
    )
    var quiet = false

    @Flag(
        name: .shortAndLong, help: "Show all tables, columns and findings, and more about what is done.")
    var verbose = false

    @Option(
        help: ArgumentHelp("Colour: auto means on a terminal, unless NO_COLOR is set.", valueName: "when"))
    var color: ColorChoice = .auto

    @Option(
        help: ArgumentHelp(
            "Progress on standard error: auto (a line on a terminal, plain lines elsewhere) or json, one object a line.",
            discussion:
                "The line names the table being read and, for all tables together, the MB read (without TOAST), their share and the time left.",
            valueName: "form"))
    var progress: ProgressForm = .auto

    /// How to show progress.
    enum ProgressForm: String, CaseIterable, ExpressibleByArgument {
        case auto, json
    }

    /// When to use colour.
    enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
        case auto, always, never

        /// Whether results are shown in colour.
        var isWanted: Bool {
            switch self {
            case .always: true
            case .never: false
            case .auto: Terminal.outputIsTerminal && !Terminal.colorIsUnwanted
            }
        }
    }

    /// Whether results are shown in colour.
    var usesColor: Bool { color.isWanted }

    /// A reporter of progress that follows these options.
    var reporter: ProgressReporter {
        let form: ProgressReporter.Form = Terminal.errorIsTerminal ? .terminal : .lines
        return ProgressReporter(
            form: progress == .json ? .json : form, isQuiet: quiet, isVerbose: verbose)
    }
}
