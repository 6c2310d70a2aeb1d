import LOBAdvice
import SizeStatistics

/// The lines that a reader with one minute should see.
struct SummaryLines {
    /// A line: what it is about, and what is said.
    typealias Line = (topic: String, text: String)

    private let report: Report
    private let tables: [TableFigures]

    private init(_ report: Report) {
        self.report = report
        tables = TableFigures.lobTable(report)
    }

    /// The topics of the first screen.
    static let decisive: Set<String> = [
        "Source", "Columns", "Complete", "As of", "Largest value", "Recommendation", "Task", "Highest risk",
        "Large objects",
    ]

    /// The lines, always as many.
    static func lines(_ report: Report) -> [Line] {
        report.shared.summary { SummaryLines(report).lines }
    }

    private var lines: [Line] {
        [
            ("Source", source), ("Scope", scope),
            ("Columns", AccountText.line(report.profile)), ("Complete", completeness),
            ("As of", CertificateText(report.profile).summary), ("How it is known", coverage),
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
        if let emptiness = ScopeText.emptiness(report.profile) { return "no, \(emptiness.message)" }
        guard report.profile.isComplete else {
            return "no, \(UnmeasuredText.count(report.profile)) not measured, see below"
        }
        guard !report.profile.tables.isEmpty else {
            return "yes, all large objects were measured; there is no table"
        }
        guard report.profile.tables.contains(where: { !$0.columns.isEmpty }) else {
            return "yes, no column had to be measured"
        }
        let undated = ReadingTally(report.profile).withoutMoment
        let looks =
            report.profile.options.method == .auto ? report.profile.tables.count(where: \.isLook) : 0
        guard looks == 0 else {
            return
                "yes, as far as the time budget went: of \(NumberText.counted(looks, "table")) a first look only; go on with "
                + "profile --resume and this report folder"
        }
        return "yes, everything that was planned was measured"
            + (undated == 0 ? "" : ", but \(NumberText.counted(undated, "table")) without a recorded moment")
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
        let columns = tables.flatMap(\.lobColumns)
        guard !columns.isEmpty else {
            return report.profile.tables.isEmpty ? Self.nothing : "no LOB column"
        }
        // One look at each column: of thousands copies would cost more than all the rest.
        var (all, some): ([Figure], [Figure]) = ([], [])
        var first: (size: ByteCount, index: Int)?
        for (index, column) in columns.enumerated() {
            let (figure, shown) = (column.estimate.largestSize, column.estimate.shownLargest)
            all.append(figure)
            guard column.profile.measurement != nil else { continue }
            some.append(figure)
            if let shown, first.map({ shown > $0.size }) ?? true { first = (shown, index) }
        }
        let over = Self.over(some.count, of: columns.count, "LOB column")
        guard let first else {
            return some.isEmpty ? "not known: no LOB column was measured" : "no value was seen\(over)"
        }
        let whole = Figure.largest(of: all) ?? .notKnown
        // Bounds of some columns say nothing of the others, and it is said over how many they are.
        let figure = whole.value == nil ? Figure.largest(of: some) ?? .notKnown : whole
        return FigureText.words(figure) { SizeText.exact(ByteCount($0)) }
            + " in \(ColumnFigures(columns[first.index]).subject)\(over)"
    }

    /// `, over 12 of 15 LOB columns`; nothing where it is over all.
    private static func over(_ known: Int, of all: Int, _ noun: String) -> String {
        known == all ? "" : ", over \(NumberText.grouped(known)) of \(NumberText.counted(all, noun))"
    }

    private var modes: String {
        let counts = LOBMode.allCases.compactMap { mode -> String? in
            let count = tables.count { $0.table.mode == mode }
            return count == 0 ? nil : "\(NumberText.grouped(count)) \(mode.rawValue)"
        }
        return counts.isEmpty ? "nothing to decide" : counts.joined(separator: ", ")
    }

    private var task: String {
        guard report.recommendation.mapping.hasSelection else { return "none: no table to migrate" }
        let names = report.taskNames
        guard !names.isEmpty else { return TaskText.lobs(report.recommendation.task) }
        let kind =
            report.recommendation.tasks.contains { $0.slot != nil }
            ? "one for each of \(NumberText.counted(names.count, "slot"))"
            : "\(names.count), as a mapping has at most 2 MB"
        return "\(kind): " + names.map(\.losslessText).joined(separator: ", ")
    }

    private var risk: String {
        guard !tables.isEmpty else {
            return report.profile.tables.isEmpty ? Self.nothing : "nothing to cut"
        }
        let known = tables.filter { $0.table.risk != nil }
        let over = Self.over(known.count, of: tables.count, "table")
        guard let worst = known.max(by: { ($0.table.risk ?? 0) < ($1.table.risk ?? 0) }) else {
            return "not known of any of \(NumberText.counted(tables.count, "table")): \(unknown)"
        }
        guard worst.table.risk != 0 else { return "0 %\(over)\(over.isEmpty ? "" : ",") \(certainly)" }
        return
            "\(worst.risk) at the rule of \(worst.table.name.losslessText)\(over)\(together); \(surer(worst.table))"
    }

    /// The risk that the reader takes with the migration; nothing where one table has all of it.
    private var together: String {
        let atRisk = tables.count {
            $0.table.mode == .limited && !$0.table.isTruncationOK && ($0.table.risk ?? 0) > 0
        }
        guard atRisk > 1 else { return "" }
        return ", \(RiskText.figure(report.recommendation.jointRisk)) all tables together"
    }

    private static let nothing = "not known: no table is in scope"

    private var unknown: String {
        report.profile.isComplete ? "see how its columns were read" : "see what was not measured"
    }

    private var certainly: String {
        report.profile.policy.expectsGrowth
            ? "for the rows present and expected" : "for the rows present; --growth asks about rows to come"
    }

    /// What makes the risk of a table smaller or better known.
    private func surer(_ table: TableRecommendation) -> String {
        let coverages = Set(table.columns.map(\.estimate.coverage))
        if coverages.contains(.sampled) { return "--method full makes it certain" }
        if report.profile.policy.expectsGrowth { return "profile again nearer to the cut-over to lower it" }
        return table.risk == 1 ? "values that are there are larger" : "see how its columns were read"
    }

    private var findings: String {
        let counts = Finding.Severity.allCases.reversed().map { severity in
            let count = report.recommendation.findings.count { $0.severity == severity }
            return "\(NumberText.grouped(count)) \(severity.rawValue)"
        }
        return counts.joined(separator: ", ")
    }
}
