import LOBProfile
import SizeStatistics

/// The ten lines that a reader with one minute should see.
struct SummaryLines {
    /// A line: what it is about, and what is said.
    typealias Line = (topic: String, text: String)

    private let report: Report
    private let tables: [TableFigures]

    /// Creates the summary of a report.
    init(_ report: Report) {
        self.report = report
        tables = TableFigures.lobTable(report)
    }

    /// The lines, always ten.
    var lines: [Line] {
        [
            ("Source", source), ("Scope", scope), ("Complete", completeness), ("How it is known", coverage),
            ("Largest value", largest), ("Recommendation", modes),
            ("Task", task),
            ("Highest risk", risk), ("Findings", findings),
            ("Large objects", LargeObjectText.line(report.profile)),
        ]
    }

    private var source: String {
        let profile = report.profile
        return "database \(profile.database.losslessText) on \(ServerText.name(profile.server)), measured"
            + " \(TimeText.words(profile.startedAt)) to \(TimeText.words(profile.finishedAt))" + carriedOver
    }

    private var carriedOver: String {
        let older = report.profile.tables.compactMap(\.measuredAt)
        guard let oldest = older.min() else { return "" }
        return
            "; \(NumberText.counted(older.count, "table")) carried over, measured from \(TimeText.words(oldest))"
    }

    private var scope: String {
        let columns = tables.reduce(0) { $0 + $1.lobColumns.count }
        return NumberText.counted(report.profile.tables.count, "table") + " in scope, "
            + "\(NumberText.grouped(tables.count)) with LOB columns (\(NumberText.counted(columns, "LOB column")))"
    }

    private var completeness: String {
        let missing = report.profile.unmeasured.count
        return missing == 0
            ? "yes, everything that was planned was measured"
            : "no, \(NumberText.counted(missing, "entry", plural: "entries")) not measured, see below"
    }

    private var coverage: String {
        let known = tables.flatMap(\.lobColumns).map(\.estimate.coverage)
        let counts = Coverage.allCases.compactMap { coverage -> String? in
            let count = known.count { $0 == coverage }
            return count == 0 ? nil : "\(NumberText.grouped(count)) \(coverage.rawValue)"
        }
        return counts.isEmpty ? "no LOB column" : "LOB columns: " + counts.joined(separator: ", ")
    }

    private var largest: String {
        let columns = tables.flatMap(\.lobColumns).filter { $0.estimate.largest != nil }
        let first = columns.max {
            ($0.estimate.largest ?? ByteCount(0)) < ($1.estimate.largest ?? ByteCount(0))
        }
        guard let first else { return "none was seen" }
        let figures = ColumnFigures(first)
        return "\(figures.largest) in \(figures.subject)"
    }

    private var modes: String {
        let counts = LOBMode.allCases.compactMap { mode -> String? in
            let count = tables.count { $0.table.mode == mode }
            return count == 0 ? nil : "\(NumberText.grouped(count)) \(mode.rawValue)"
        }
        return counts.isEmpty ? "nothing to decide" : counts.joined(separator: ", ")
    }

    private var task: String {
        guard !report.slots.isEmpty else { return TaskText.lobs(report.recommendation.task) }
        return "one for each of \(NumberText.counted(report.slots.count, "slot")): "
            + report.slots.map(\.losslessText).joined(separator: ", ")
    }

    private var risk: String {
        let unknown = tables.count { $0.table.risk == nil }
        let suffix = unknown == 0 ? "" : "; not known for \(NumberText.counted(unknown, "table"))"
        let known = tables.filter { $0.table.risk != nil }
        guard let worst = known.max(by: { ($0.table.risk ?? 0) < ($1.table.risk ?? 0) }) else {
            return tables.isEmpty ? "nothing to cut" : "not known"
        }
        guard worst.table.risk != 0 else { return "0 % \(certainly)\(suffix)" }
        return
            "\(worst.risk) at the setting of \(worst.table.name.losslessText)\(suffix); \(surer(worst.table))"
    }

    private var certainly: String {
        report.profile.policy.expectsGrowth
            ? "for the rows present and expected" : "for the rows present; --growth asks about rows to come"
    }

    /// What makes the risk of a table smaller or better known.
    private func surer(_ table: TableRecommendation) -> String {
        table.columns.contains { $0.estimate.coverage.isLowerBound }
            ? "--method full makes it certain" : "fewer rows are to come shortly before the cut-over"
    }

    private var findings: String {
        let counts = Finding.Severity.allCases.reversed().map { severity in
            let count = report.recommendation.findings.count { $0.severity == severity }
            return "\(NumberText.grouped(count)) \(severity.rawValue)"
        }
        return counts.joined(separator: ", ")
    }
}
