import ArgumentParser
import EphemeralPostgreSQL
import LOBAdvice
import LOBReports
import LOBSurvey
import PostgreSQLClient

/// `lobscope demo`: a throw-away server with real data in it, profiled end to end.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract:
            "Start a throw-away PostgreSQL, fill it with real data found on this machine, and profile it.",
        discussion: """
            The data are documentation, sources and package metadata from system folders that everybody may read. \
            The server listens on a private socket only, and is removed at the end unless --keep is given.
            """)

    @Flag(help: "Load 240 MB instead of 16 MB, as for the example report; that takes about a minute.")
    var full = false

    @Flag(help: "Leave the server running and print how to connect to it.")
    var keep = false

    @Option(
        name: [.short, .long], help: ArgumentHelp("The report folder; new or empty.", valueName: "folder"),
        completion: .directory)
    var out: String?

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        try SurveyFolder.check(out)
        let interruption = Interruption()
        let result = await interruption.run { [self] in
            do {
                return Result<SurveyFolder, any Error>.success(try await demonstrate())
            } catch {
                return .failure(error)
            }
        }
        if let signal = interruption.signalNumber { throw ExitCode(128 + signal) }
        let folder: SurveyFolder
        do {
            folder = try result.get()
        } catch let error as ClusterError {
            throw CommandFailure(error)
        }
        var report = folder.report
        report.place = ReportPlace(path: folder.path, isFolder: true, command: .render)
        try StandardOutput.write(
            TerminalReport.render(
                report, width: Terminal.columns, isColored: output.usesColor, isWhole: output.verbose))
        try StandardOutput.write(Array("\nreport: \(folder.path)\n".utf8))
    }

    private func demonstrate() async throws -> SurveyFolder {
        say("starting a throw-away server")
        let cluster = try await EphemeralCluster.start()
        do {
            let folder = try await profile(cluster)
            if keep {
                await cluster.keepRunning()
                say(
                    "the server keeps running; connect with: psql \"\(cluster.conninfo(database: DemoDatabase.name))\""
                )
                say("stop it with: kill -INT \(cluster.postmasterPID.map(String.init) ?? "its process")")
                say("then remove its folder: \(cluster.directory)")
            } else {
                await cluster.stop()
            }
            return folder
        } catch {
            await cluster.stop()
            throw error
        }
    }

    private func profile(_ cluster: EphemeralCluster) async throws -> SurveyFolder {
        try await DemoDatabase.load(into: cluster, size: full ? .full : .brief) { say($0) }
        say("profiling it")
        let run = SurveyRun(
            conninfo: try Conninfo(cluster.conninfo(database: DemoDatabase.name)), options: SurveyOptions(),
            progress: output.reporter)
        let result = await run.result()
        run.progress.finish()
        return try SurveyFolder.write(result.mapError { CommandFailure($0) }.get().profile, at: out)
    }

    private func say(_ line: String) {
        if !output.quiet { StandardError.write("demo: \(line)") }
    }
}
