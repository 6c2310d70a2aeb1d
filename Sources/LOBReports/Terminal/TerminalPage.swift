import LOBAdvice
import SizeStatistics

/// The sections of the terminal report, as lines.
struct TerminalPage {
    let width: Int
    let style: TerminalStyle

    /// Title and summary.
    ///
    /// - Parameter topics: those that are shown; nil for all.
    func summary(_ report: Report, _ topics: Set<String>? = nil) -> [String] {
        let lines = SummaryLines.lines(report).filter { topics?.contains($0.topic) ?? true }
        let topicWidth = lines.map { DisplayWidth.of($0.topic) }.max() ?? 0
        let indent = String(repeating: " ", count: topicWidth + 2)
        return lines.flatMap { line in
            let padding = String(repeating: " ", count: topicWidth + 2 - DisplayWidth.of(line.topic))
            let wrapped = TextWrap.lines(line.text, width: width - indent.utf8.count)
            return wrapped.enumerated().map { index, text in
                (index == 0 ? style.heading(line.topic) + padding : indent) + text
            }
        }
    }

    /// The LOB table.
    func lobTable(_ report: Report) -> [String] {
        let tables = TableFigures.lobTable(report)
        guard !tables.isEmpty else {
            return TextWrap.lines(ScopeText.withoutLOBs(report.profile), width: width)
        }
        return lobTable(tables, hasSizes: false).lines(width: width, style: style)
    }

    /// Rows of the LOB table; where there is room each with the histogram of the column that has the largest value.
    func lobTableWithSizes(_ tables: [TableFigures]) -> [String] {
        let short = lobTable(tables, hasSizes: false).lines(width: width, style: style)
        let table = lobTable(tables, hasSizes: true)
        let full = table.lines(width: width, style: style)
        // No name is broken for it.
        return table.fits(width) && full.count <= short.count ? full : short
    }

    private func lobTable(_ tables: [TableFigures], hasSizes: Bool) -> TextTable {
        var output = TextTable(
            [
                .init(title: "Table", isElastic: true), .init(title: "Max LOB Size (Kb)", isNumeric: true),
                .init(title: "Truncations OKAY?"), .init(title: "Rule"), .init(title: "Coverage"),
                .init(title: "Risk", isNumeric: true),
            ] + (hasSizes ? [.init(title: "1 B ... 1 GiB")] : []))
        for table in tables {
            output.add(
                [
                    table.table.name.losslessText, table.shortLimit, table.truncationsOK, table.rule,
                    table.coverage.rawValue, table.risk,
                ] + (hasSizes ? [Self.sizes(table)] : []))
        }
        return output
    }

    private static func sizes(_ table: TableFigures) -> String {
        let largest = table.lobColumns.max {
            ($0.estimate.shownLargest ?? ByteCount(-1)) < ($1.estimate.shownLargest ?? ByteCount(-1))
        }
        return largest?.profile.sizes.map { SizeSparkline.line($0.representative) } ?? ""
    }

    /// What the limit that was asked about does; nothing where none was.
    func limit(_ report: Report) -> [String] {
        list(OutlookText.limitTitle(report), LimitAnswerText.all(report))
    }

    /// How long the settings are enough; nothing where no growth was asked for.
    func growth(_ report: Report) -> [String] {
        list(OutlookText.growthTitle, GrowthText.all(report))
    }

    private func list(_ title: String, _ lines: [(table: String, text: String)]) -> [String] {
        guard !lines.isEmpty else { return [] }
        return [style.heading(title)]
            + lines.flatMap { TextWrap.lines("\($0.table): \($0.text)", width: width - 2, indent: "  ") }
            .map { "  " + $0 }
    }

    private static let shownColumns = 20

    /// The columns with the largest sizes.
    func columns(_ report: Report) -> [String] {
        let all = report.recommendation.tables.flatMap(\.columns).filter { $0.profile.measurement != nil }
        guard !all.isEmpty else { return [] }
        // Sizes apart from the columns, of which there may be thousands and a copy of each would cost more than to compare.
        let sizes = all.map { $0.estimate.shownLargest ?? ByteCount(-1) }
        let shown = sizes.indices.sorted { left, right in
            sizes[left] != sizes[right] ? sizes[left] > sizes[right] : left < right
        }.prefix(Self.shownColumns).map { all[$0] }
        let rest = all.count - shown.count
        // Where there is little room, histograms under each other tell more than types.
        let (full, short) = (table(of: shown, hasTypes: true), table(of: shown, hasTypes: false))
        return (full.fits(width) || !short.fits(width) ? full : short).lines(width: width, style: style)
            + TextWrap.lines(
                rest == 0
                    ? "" : "and \(NumberText.counted(rest, "column")) with smaller values, see report.md",
                width: width)
    }

    private func table(of columns: [ColumnRecommendation], hasTypes: Bool) -> TextTable {
        let type = TextTable.Column(title: "Type", isElastic: true)
        var output = TextTable(
            [.init(title: "Column", isElastic: true)] + (hasTypes ? [type] : []) + [
                .init(title: "1 B ... 1 GiB"), .init(title: "p50", isNumeric: true),
                .init(title: "p99", isNumeric: true), .init(title: "Largest", isNumeric: true),
            ])
        for column in columns {
            let figures = ColumnFigures(column)
            output.add(
                [figures.subject] + (hasTypes ? [column.profile.column.typeName.losslessText] : []) + [
                    column.profile.measurement.map { SizeSparkline.line($0.representative) } ?? "",
                    figures.quantileText(0.5, isShort: true), figures.quantileText(0.99, isShort: true),
                    figures.shortLargest,
                ])
        }
        return output
    }

    /// The findings, each with its remedy.
    func findings(_ report: Report) -> [String] {
        FindingLines(width: width, style: style).lines(report.recommendation.findings)
    }

    /// What was not measured.
    func unmeasured(_ report: Report) -> [String] {
        let entries = report.profile.unmeasured
        return entries.isEmpty ? [] : unmeasured(entries) + grants(report)
    }

    /// Entries of what was not measured, each with its remedy.
    func unmeasured(_ entries: [Unmeasured]) -> [String] {
        [style.heading("Not measured")]
            + entries.flatMap { entry in
                TextWrap.lines("\(entry.subject): \(entry.explanation)", width: width, indent: "  ")
                    + TextWrap.lines("hint: \(entry.remedy)", width: width - 2, indent: "  ").map {
                        "  " + $0
                    }
            }
    }

    /// Findings of one kind, with what to do.
    func lines(of group: FindingGroup) -> [String] {
        let finding = group.first
        guard group.count > 1 else { return FindingLines(width: width, style: style).lines([finding]) }
        let text = "\(finding.severity.rawValue): \(finding.id), \(group.sentence)"
        let lines = TextWrap.lines(text, width: width, indent: "  ")
        let rest = String(
            Substring((lines.first ?? "").unicodeScalars.dropFirst(finding.severity.rawValue.utf8.count)))
        return [style.severity(finding.severity) + rest] + lines.dropFirst()
            + TextWrap.lines("hint: \(group.hint)", width: width - 2, indent: "  ").map { "  " + $0 }
    }

    /// The statements that let the role read what it may not; whole lines, to be copied.
    ///
    /// - Parameter most: so many of them; the file with the report has all.
    func grants(_ report: Report, atMost most: Int = .max) -> [String] {
        let grants = Grants(report.profile)
        guard !grants.statements.isEmpty else { return [] }
        let rest = grants.statements.count - grants.statements.prefix(most).count
        return [""] + TextWrap.lines("\(GrantText.title(grants)):", width: width)
            + grants.statements.prefix(most).map { "  " + VisibleText.escape($0) }
            + (rest > 0 ? ["  -- and \(NumberText.grouped(rest)) more: report.md, or -v"] : [])
    }

    /// The next useful command.
    func next(_ report: Report) -> [String] {
        [style.heading("Next")] + TextWrap.lines(NextCommand.line(report), width: width, indent: "  ")
    }
}
