import ArgumentParser
import Foundation
import LOBReports
import LOBStore

extension SnapshotsCommand {
    /// `lobscope snapshots prune`.
    struct PruneCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "prune",
            abstract: "Remove old snapshots, but never the newest complete one of a database.",
            discussion: """
                Example:
                  lobscope snapshots prune reports --keep 3 --older-than 90d --dry-run

                Only whole snapshots with their own names are removed, never another file of a report folder; damaged \
                snapshots stay and are named. Snapshots of one database with different scopes are counted separately, \
                and so are databases of the same name in different clusters. With both options, a snapshot is removed \
                only if both apply; the newest complete one always stays.
                """)

        @Argument(
            help: ArgumentHelp("Folders with snapshots, or with report folders in them.", valueName: "folder")
        )
        var folders: [String]

        @Option(help: ArgumentHelp("Keep this many complete snapshots of each database.", valueName: "n"))
        var keep: Int?

        @Option(
            help: ArgumentHelp(
                "Remove only what was measured at least so many days ago, such as 90d.", valueName: "days"),
            transform: Days.argument)
        var olderThan: Days?

        @Flag(help: "List what would be removed, and remove nothing.")
        var dryRun = false

        mutating func validate() throws {
            guard keep != nil || olderThan != nil else {
                throw ValidationError(
                    "Say which snapshots may be removed: --keep N, --older-than DAYS, or both.")
            }
            guard keep ?? 1 >= 1 else { throw ValidationError("--keep must be 1 or more.") }
        }

        func run() throws {
            let entries = SnapshotEntry.read(folders) { Retention.Candidate(path: $0, snapshot: $1) }
            let candidates = SnapshotEntry.values(entries)
            let now = Int64(Date.now.timeIntervalSince1970)
            let rule = Retention(
                keep: keep ?? 1, measuredBefore: olderThan.map { now - Int64($0.count) * 86_400 })
            var hasFailed = SnapshotEntry.reportFailures(entries)
            var count = 0
            for candidate in rule.expendable(candidates) {
                do throws(StoreError) {
                    if !dryRun { try SnapshotRemoval.remove(candidate.path, digest: candidate.digest) }
                    count += 1
                } catch {
                    // Another one, or another way to the same folder, was faster.
                    if error.problem == .notFound { continue }
                    StandardError.write("lobscope: \(error)")
                    hasFailed = true
                    continue
                }
                try say("\(dryRun ? "would remove" : "removed") \(VisibleText.escape(candidate.path))")
            }
            try say("\(count) of \(candidates.count) snapshots \(dryRun ? "would go" : "are gone")")
            if hasFailed { throw ExitCode.failure }
        }

        private func say(_ line: String) throws(CommandFailure) {
            try StandardOutput.write(Array((line + "\n").utf8))
        }
    }
}
