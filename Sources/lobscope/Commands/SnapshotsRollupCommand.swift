import ArgumentParser
import Foundation
import LOBAdvice
import LOBReports
import LOBStore

extension SnapshotsCommand {
    /// `lobscope snapshots rollup`.
    struct RollupCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rollup",
            abstract: "Roll up snapshots of many databases into one page, worst first.",
            discussion: """
                Examples:
                  lobscope snapshots rollup fleet
                  lobscope snapshots rollup fleet --format md > fleet.md
                  lobscope snapshots rollup fleet --format openmetrics > lobscope.prom

                Of several snapshots of one database in one scope the newest counts. Ages are counted from the newest \
                snapshot, or from --as-of. A damaged snapshot is listed as failed, and hides no other.
                """)

        @Argument(
            help: ArgumentHelp(
                "Snapshots, report folders, or folders with report folders in them.", valueName: "path"))
        var paths: [String]

        @Option(name: .shortAndLong, help: "text, md, html, json or openmetrics.")
        var format: FleetFormat = .text

        @Option(
            help: ArgumentHelp(
                "The moment from which ages and days are counted, such as 2027-03-31T00:00:00Z or now. "
                    + "(default: that of the newest snapshot)",
                valueName: "time"),
            transform: RollupCommand.moment)
        var asOf: Int64?

        @OptionGroup(title: "Output") var output: RollupOutputOptions

        func run() throws {
            let entries = SnapshotEntry.read(paths) { path, snapshot in
                Part(
                    entry: FleetEntry(name: snapshot.profile.database.losslessText, snapshot.profile),
                    series: Retention.Series(snapshot.profile), digest: snapshot.digest, path: path)
            }
            let parts = SnapshotEntry.values(entries)
            let newest = Part.newest(of: parts)
            let failed = entries.compactMap { entry -> FleetEntry? in
                guard case .failure(let error) = entry.result else { return nil }
                let reason = FleetEntry.Reason(error.message, hint: error.hint)
                return FleetEntry(name: entry.path, outcome: .failed(reason), figures: nil)
            }
            let named = FleetSummary.namedApart(newest.map { ($0.entry, mark: $0.path) })
            let summary = FleetSummary(named + failed, asOf: asOf, older: parts.count - newest.count)
            try output.show(FleetReport(summary), format)
            try summary.leave()
        }

        /// The small part of a snapshot that is kept.
        private struct Part {
            let entry: FleetEntry
            let series: Retention.Series
            let digest: String
            let path: String

            private var measuredAt: Int64 { entry.figures?.measuredAt ?? 0 }

            /// The newest of each series, in the order of the parts.
            static func newest(of parts: [Part]) -> [Part] {
                let series = Dictionary(grouping: parts.enumerated(), by: \.element.series).values
                let kept = Set(series.compactMap { $0.max { isOlder($0.element, $1.element) }?.offset })
                return parts.enumerated().filter { kept.contains($0.offset) }.map(\.element)
            }

            /// Copies of one snapshot are told apart by their paths.
            private static func isOlder(_ left: Part, _ right: Part) -> Bool {
                if left.measuredAt != right.measuredAt { return left.measuredAt < right.measuredAt }
                if left.digest != right.digest { return left.digest < right.digest }
                return right.path.utf8.lexicographicallyPrecedes(left.path.utf8)
            }
        }

        /// Reads a moment as RFC 3339 writes it, a day, or `now`.
        private static func moment(_ text: String) throws -> Int64 {
            if text.utf8.elementsEqual("now".utf8) { return Int64(Date.now.timeIntervalSince1970) }
            let isDay = text.utf8.count == 10
            guard let date = try? Date(isDay ? "\(text)T00:00:00Z" : text, strategy: .iso8601) else {
                throw ValidationError("A moment is written as 2027-03-31T00:00:00Z, 2027-03-31 or now.")
            }
            return Int64(date.timeIntervalSince1970)
        }
    }
}
