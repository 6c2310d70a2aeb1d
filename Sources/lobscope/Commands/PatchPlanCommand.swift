import ArgumentParser
import LOBAdvice
import LOBReports
import LOBStore
import LOBSurvey
import PostgreSQLClient

/// `lobscope patch-plan`: the rows above the limits of limited tables, to be copied by hand.
struct PatchPlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patch-plan",
        abstract: "Count the rows above the limits of limited tables, and say how to copy them afterwards.",
        discussion: """
            Examples:
              lobscope patch-plan before --against before --source CONNINFO
              lobscope patch-plan tasks.json --against before --key-values patch.sql

            Where few rows of a table are large, the table can stay in limited mode, and these rows are copied after \
            the migration. MAPPING and SETTINGS say what the limits are, as for lint: a report folder, a mapping file, \
            or what "aws dms describe-replication-tasks" prints.

            With --key-values a script for psql is written, which reads these rows on the source and writes them on \
            the target. It holds the keys of the rows: the only thing that lobscope writes with values of rows in it. \
            Only its owner can read it (mode 0600). Without the option, only numbers are shown.

            The --sizing of the snapshot decides which values do not fit.
            """)

    @Argument(
        help: ArgumentHelp(
            "A mapping file, printed tasks, or a report folder; - is standard input.", valueName: "mapping"),
        completion: .file())
    var mapping: String

    @Argument(
        help: ArgumentHelp("The task settings that go with it.", valueName: "settings"), completion: .file())
    var settings: String?

    @Option(
        help: ArgumentHelp(
            "The snapshot with the tables and the sizing, or its report folder.", valueName: "snapshot"),
        completion: .file())
    var against: String

    @Option(
        help: ArgumentHelp(
            "The source; without it, libpq's environment variables and files apply (PGHOST, PGSERVICE and so on).",
            valueName: "conninfo"))
    var source: String?

    @Option(
        help: ArgumentHelp("Only these tables; repeatable.", valueName: "pattern"),
        transform: NamePattern.argument)
    var table: [NamePattern] = []

    @Option(
        help: ArgumentHelp("Write the script with the keys of the rows; a new file.", valueName: "file"),
        completion: .file())
    var keyValues: String?

    @Option(
        help: ArgumentHelp("Refuse if a table has more rows than this above its limit.", valueName: "rows"))
    var maxRows: Int = 1000

    @Option(name: .shortAndLong, help: "text, json, md or html.")
    var format: PageFormat = .text

    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func validate() throws {
        guard (1...100_000).contains(maxRows) else {
            throw ValidationError("--max-rows must be from 1 to 100000, not \(maxRows).")
        }
    }

    func run() throws {
        let stored = try StoredReport.snapshot(against)
        let tasks = try DeployedFiles([mapping] + [settings].compactMap(\.self)).tasks
        let file = try keyValues.map { path throws(CommandFailure) in try NewFile(path) }
        let wishes = try chosen(PatchWish.wishes(for: tasks, in: stored.profile))
        let plan = try plan(wishes, of: stored.profile)
        try StandardOutput.write(
            PatchReport(plan).render(format, width: Terminal.columns, isColored: output.usesColor))
        guard let file, !plan.tables.isEmpty else { return }
        try file.write(PatchScript.render(plan))
        guard format == .text else { return }
        try StandardOutput.write(Array("\nkey values of rows: \(file.path)\n".utf8))
    }

    private func chosen(_ wishes: [PatchWish]) throws(CommandFailure) -> [PatchWish] {
        for pattern in table where !wishes.contains(where: { pattern.matches($0.name) }) {
            throw CommandFailure(
                "--table \"\(pattern.source.losslessText)\" matches no table with limited LOBs\nhint: "
                    + "write schema.table, with * and ? as wildcards")
        }
        return table.isEmpty
            ? wishes : wishes.filter { wish in table.contains { $0.matches(wish.name) } }
    }

    private func plan(_ wishes: [PatchWish], of profile: Profile) throws(CommandFailure) -> PatchPlan {
        let conninfo: Conninfo
        do throws(PostgreSQLError) { conninfo = try Conninfo(source) } catch { throw CommandFailure(error) }
        do throws(PatchError) {
            return try PatchSurvey(conninfo, profile: profile, mostRows: maxRows).run(wishes) { name in
                if !output.quiet, Terminal.errorIsTerminal {
                    StandardError.write("patch-plan: reading \(VisibleText.escape(name))")
                }
            }
        } catch {
            throw CommandFailure(error)
        }
    }
}
