import ArgumentParser
import LOBAdvice
import LOBReports
import LOBStore

extension SnapshotsCommand {
    /// `lobscope snapshots merge`.
    struct MergeCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "merge",
            abstract: "Add snapshots of shards, partitions or databases with the same shape.",
            discussion: """
                Example:
                  lobscope snapshots merge shard1 shard2 --out all

                Tables of the same name are added, as if one run had read them all; the others are taken over as they \
                are. The sum is a snapshot in a report folder of its own, and names the snapshots that it was made of. \
                Two measurements of one database, or of its replica, cannot be added and are refused; so are tables with \
                other columns, and columns that were measured in another way.
                """)

        @Argument(
            help: ArgumentHelp(
                "Snapshots, report folders, or folders with report folders in them.", valueName: "path"))
        var paths: [String]

        @Option(
            name: [.short, .long],
            help: ArgumentHelp("The report folder of the sum; it must be new or empty.", valueName: "folder"))
        var out: String?

        @Option(
            help: ArgumentHelp(
                "The database name of the sum; by default that of its databases.", valueName: "name"))
        var name: String?

        @Flag(help: "Treat databases of the same name as different ones where no system identifier is known.")
        var assumeDistinct = false

        func run() throws {
            try SurveyFolder.check(out)
            let entries = SnapshotEntry.read(paths) { ProfileMerge.Part($1.profile, digest: $1.digest) }
            // A sum without one of its parts would be wrong: all that is bad is named, and nothing is written.
            if SnapshotEntry.reportFailures(entries) { throw ExitCode.failure }
            let parts = SnapshotEntry.values(entries)
            guard let first = parts.first, parts.count > 1 else {
                throw CommandFailure("there is only one snapshot to merge\nhint: name two or more")
            }
            let folder = try SurveyFolder.write(try sum(first, Array(parts.dropFirst())), at: out)
            let report = SnapshotReport(
                folder.report.profile, digest: folder.report.snapshotDigest ?? "")
            try StandardOutput.write(
                report.render(.text)
                    + Array("\nReport folder: \(VisibleText.escape(folder.path))\n".utf8))
        }

        private func sum(
            _ first: ProfileMerge.Part, _ others: [ProfileMerge.Part]
        ) throws(CommandFailure) -> Profile {
            do throws(MergeError) {
                return try ProfileMerge(isUnknownDistinct: assumeDistinct)
                    .merge(first, others, name: name.map { Identifier($0) })
            } catch {
                throw CommandFailure(error)
            }
        }
    }
}
