import ArgumentParser
import LOBSurvey

/// `lobscope kit`: a script that measures where lobscope may not go.
struct KitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kit",
        abstract: "Write a psql script that measures where no binary may go; import reads its answers.",
        discussion: """
            Examples:
              lobscope kit > lobscope-kit.sql
              psql -X -f lobscope-kit.sql -o answers.jsonl "host=db dbname=orders"
              lobscope import answers.jsonl --out before

            The script says at its top what it reads. It needs psql 11 or later, runs in one read-only transaction \
            and refuses to run where that could write. The answers are lines of JSON with names, sizes and numbers, and \
            no value of any row. Every table in scope that the role may read is read in full.
            """)

    @OptionGroup(title: "Scope") var scope: ScopeOptions

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "Write the script to this new file instead of standard output.", valueName: "file"),
        completion: .file())
    var out: String?

    @Option(
        help: ArgumentHelp(
            "Longest time for one statement: a part of a table, before PostgreSQL 14 a whole one. (default: 10min)",
            valueName: "time"),
        transform: TimeSpan.argument)
    var statementTimeout: TimeSpan = TimeSpan(duration: .seconds(600))

    mutating func validate() throws {
        guard statementTimeout.duration >= .seconds(1), statementTimeout.duration <= .seconds(86_400) else {
            throw ValidationError("--statement-timeout must be from 1s to 24h.")
        }
    }

    func run() throws {
        let file = try out.map { path throws(CommandFailure) in try NewFile(path) }
        let script: [UInt8]
        do throws(SurveyError) {
            script = try KitScript(scope: scope.scope, statementTimeout: statementTimeout.duration).bytes
        } catch {
            throw CommandFailure(error)
        }
        guard let file else { return try StandardOutput.write(script) }
        try file.write(script)
    }
}
