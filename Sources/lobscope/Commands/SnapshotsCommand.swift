import ArgumentParser
import LOBProfile
import LOBReports
import LOBStore

/// `lobscope snapshots`: look after snapshots on disk.
struct SnapshotsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshots",
        abstract: "List, show and verify snapshots.",
        subcommands: [List.self, Show.self, Verify.self])

    /// `lobscope snapshots list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the snapshots of folders, oldest first; a damaged one never hides the others.")

        @Argument(
            help: ArgumentHelp(
                "Snapshots, report folders, or folders with report folders in them.", valueName: "path"))
        var paths: [String]

        func run() throws {
            let entries = SnapshotEntry.read(paths)
            let lines = entries.compactMap { entry in
                try? entry.result.map {
                    SnapshotText.Line(path: entry.path, profile: $0.profile, digest: $0.digest)
                }
                .get()
            }
            try StandardOutput.write(SnapshotText.list(lines))
            if SnapshotEntry.reportFailures(entries) { throw ExitCode.failure }
        }
    }

    /// `lobscope snapshots show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what a snapshot holds: database, server, time, tables, digest.")

        @Argument(help: ArgumentHelp("A snapshot, or a report folder that holds one.", valueName: "snapshot"))
        var snapshot: String

        func run() throws {
            try StandardOutput.write(SnapshotText.show(try StoredReport.open(snapshot)))
        }
    }

    /// `lobscope snapshots verify`.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read snapshots in full and check their checksums and digests.")

        @Argument(
            help: ArgumentHelp(
                "Snapshots, report folders, or folders with report folders in them.", valueName: "path"))
        var paths: [String]

        func run() throws {
            let entries = SnapshotEntry.read(paths)
            let good = entries.filter { (try? $0.result.get()) != nil }
            let lines = good.map { VisibleText.escape($0.path) + ": ok\n" }
            try StandardOutput.write(Array(lines.joined().utf8))
            if SnapshotEntry.reportFailures(entries) { throw ExitCode.failure }
        }
    }
}
