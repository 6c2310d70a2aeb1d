import ArgumentParser
import LOBAdvice
import LOBReports
import LOBStore

/// `lobscope snapshots`: look after snapshots on disk.
struct SnapshotsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshots",
        abstract: "List, show, verify, prune, merge and roll up snapshots.",
        subcommands: [
            List.self, Show.self, Verify.self, PruneCommand.self, MergeCommand.self, RollupCommand.self,
        ])

    /// `lobscope snapshots list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the snapshots of folders, oldest first; a damaged one never hides the others.")

        @Argument(
            help: ArgumentHelp(
                "Snapshots, report folders, or folders with report folders in them.", valueName: "path"))
        var paths: [String]

        @Option(name: .shortAndLong, help: "text, json, md or html.")
        var format: PageFormat = .text

        func run() throws {
            let entries = SnapshotEntry.read(paths) { path, snapshot in
                SnapshotListReport.Entry(path: path, profile: snapshot.profile, digest: snapshot.digest)
            }
            try StandardOutput.write(SnapshotListReport(SnapshotEntry.values(entries)).render(format))
            if SnapshotEntry.reportFailures(entries) { throw ExitCode.failure }
        }
    }

    /// `lobscope snapshots show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what a snapshot holds: database, server, time, tables, digest.")

        @Argument(help: ArgumentHelp("A snapshot, or a report folder that holds one.", valueName: "snapshot"))
        var snapshot: String

        @Option(name: .shortAndLong, help: "text, json, md or html.")
        var format: PageFormat = .text

        func run() throws {
            let stored = try StoredReport.snapshot(snapshot)
            try StandardOutput.write(
                SnapshotReport(stored.profile, digest: stored.digest).render(format))
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
            let entries = SnapshotEntry.read(paths) { path, _ in VisibleText.escape(path) + ": ok\n" }
            try StandardOutput.write(Array(SnapshotEntry.values(entries).joined().utf8))
            if SnapshotEntry.reportFailures(entries) { throw ExitCode.failure }
        }
    }
}
