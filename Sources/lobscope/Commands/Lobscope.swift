import ArgumentParser

/// The root command.
@main
struct Lobscope: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lobscope",
        abstract: "Measure the LOBs of a PostgreSQL database, and write AWS DMS settings that fit them.",
        discussion: """
            Examples:
              lobscope demo               see it work, without a database of yours
              lobscope plan CONNINFO      what a run would read, and how long it takes
              lobscope profile CONNINFO   measure, recommend, write a report folder
              lobscope compare OLD NEW    what changed between two report folders
              lobscope lint FILE --against FOLDER
                                          check deployed DMS settings against the sizes

            Options of profile that most people need:
              --out FOLDER          where the report goes; new or empty
              --time-budget 30min   measure for this long at most
              --policy FILE         what the team decided: limits, risk, growth

            lobscope measures how large the values of each LOB column are (text, json, jsonb, bytea, xml, arrays \
            and more), says what a max LOB size would cut, and writes the LOB table, the DMS mapping rules and the \
            task settings. It only reads, in short transactions.

            CONNINFO is a libpq URI, a keyword string or the name of a database, for example \
            postgresql://user@host/database. Without it, libpq's environment variables and files apply: PGHOST, PGDATABASE, \
            PGSERVICE, PGPASSFILE, ~/.pgpass and so on. There is no password option.
            """,
        version: BuildIdentity.description,
        subcommands: [
            ProfileCommand.self, PlanCommand.self, RenderCommand.self, CompareCommand.self,
            TruncationsCommand.self, LintCommand.self, PatchPlanCommand.self, SnapshotsCommand.self,
            FleetCommand.self, KitCommand.self, ImportCommand.self, DemoCommand.self,
        ])

    /// What the help of every command ends with; the lines are indented further than those of commands and options.
    private static let exitStatuses = """
        EXIT STATUS:
               0  complete
               1  failed
               2  something to act on (only with --fail-on or --exit-code)
               3  partial: something planned was not measured and the output lists
                  it, or no table is in scope
              64  usage
           128 + signal  interrupted
        """

    /// Parses, runs, and turns what went wrong into a message and an exit status.
    static func main() async {
        StandardStreams.areNeverFreeNumbers()
        BrokenPipe.becomesAnError()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            // A reader that has seen enough, such as head, is no failure to talk about.
            if failure.status != .brokenPipe { StandardError.write(failure.description) }
            leave(failure.status)
        } catch {
            leave(error)
        }
    }

    /// Ends the process: help goes to standard output, a wrong use to standard error with status 64.
    private static func leave(_ error: any Error) -> Never {
        guard !(error is ExitCode) else { exit(withError: error) }
        let (status, text) = (exitCode(for: error), fullMessage(for: error))
        guard status.isSuccess else {
            StandardError.write(mistypedCommand(status) ?? withoutPasswordOption(text))
            exit(withError: status)
        }
        // The version and scripts for shells leave this way too.
        guard text.utf8.starts(with: "OVERVIEW: ".utf8) else { exit(withError: error) }
        print((text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n") + "\n" + exitStatuses)
        exit(withError: ExitCode.success)
    }

    /// A message about an option of psql that asks for a password, with what there is instead.
    private static func withoutPasswordOption(_ text: String) -> String {
        let isMeant = ["'--password'", "'-W'"].contains { text.contains("Unknown option \($0)") }
        guard isMeant, let end = text.firstIndex(of: "\n") else { return text }
        let hint = "hint: a password belongs in ~/.pgpass, a service file or PGPASSWORD"
        return "\(text[..<end])\n\(hint)\(text[end...])"
    }

    /// What is said of a wrong use whose first words are no command, whatever else is wrong with it.
    private static func mistypedCommand(_ status: ExitCode) -> String? {
        guard status == .validationFailure,
            let mistyped = MistypedCommand(Array(CommandLine.arguments.dropFirst()), of: Self.self)
        else { return nil }
        return fullMessage(for: ValidationError(mistyped.description))
    }
}
