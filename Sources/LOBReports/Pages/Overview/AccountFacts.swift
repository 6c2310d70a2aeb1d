import LOBAdvice

/// What was looked at: source, scope, what became of every column, and when.
struct AccountFacts {
    private let report: Report
    private let tables: [TableFigures]

    init(_ report: Report) {
        self.report = report
        tables = TableFigures.lobTable(report)
    }

    /// The facts.
    ///
    /// - Parameter isShort: without those that a first screen can do without.
    func facts(isShort: Bool) -> [PageFact] {
        let others = [
            ("Scope", scope), ("Columns", AccountText.line(report.profile)), ("Complete", completeness),
            ("As of", CertificateText(report.profile).summary), ("How it is known", coverage),
            ("Large objects", LargeObjectText.line(report.profile)),
        ].filter { !isShort || !["Scope", "How it is known"].contains($0.0) }
        return [PageFact(term: "Source", text: source)]
            + others.map { PageFact(term: $0.0, text: PageText($0.1)) }
    }

    private var source: PageText {
        let profile = report.profile
        return """
            database \(code: profile.database.losslessText) on \(ServerText.name(profile.server)), measured \
            \(TimeText.words(profile.startedAt)) to \(TimeText.words(profile.finishedAt))\(carriedOver)
            """
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
            return "no, \(UnmeasuredWords.count(report.profile)) not measured, see below"
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
                "yes, as far as the time budget went: of \(NumberText.counted(looks, "table")) a first look only; resume with "
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
}
