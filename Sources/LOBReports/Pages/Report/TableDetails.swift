import LOBAdvice
import SizeStatistics

/// Every table with its columns: why its rule is what it is, figures, what is sure and what is assumed, what a limit would cut.
///
/// The script of report.html adds charts and the what-if where a table is opened.
struct TableDetails {
    private let report: Report
    private let all: ReportTables
    private let limits: [Kibibytes]

    init(_ report: Report, _ all: ReportTables) {
        (self.report, self.all) = (report, all)
        limits = ColumnFigures.limits(report.profile.policy)
    }

    /// The name of the details of a table, for links and scripts.
    static func id(_ number: Int) -> String { "t\(number)" }

    /// The section.
    var section: PageSection {
        PageSection(id: "columns", title: "Columns", importance: .columns, blocks: blocks)
    }

    private var blocks: [PageBlock] {
        guard !all.entries.isEmpty else { return [.paragraph("No column in scope had to be measured.")] }
        let omission = all.omission.map { [PageBlock.paragraph($0)] } ?? []
        return [.paragraph(Self.legend)] + omission + all.entries.filter { !$0.isQuiet }.map(details)
    }

    private static let legend: PageText = """
        Values cut are present rows that a limit would cut, with their share: counted where every value was measured (as a \
        range where sizes are counted in classes), else "about", an estimate with the range that holds with 95 %. Look-ups \
        are those of a full load in unlimited mode; the size that the recommendation takes is in bold: the smallest that \
        holds 99 % of each column, or 64 KB.
        """

    private func details(_ entry: ReportTables.Entry) -> PageBlock {
        let table = entry.table
        let reason = ModeWords.sentence(table.reason) + AlternativeText.sentence(table, report.recommender)
        let blocks: [PageBlock?] = [
            .paragraph("\(reason)."), .table(Self.figures(table)), statements(table), cuts(table),
            lookUps(table),
        ]
        return .folded(
            PageFold(
                summary: "\(code: table.name.losslessText)\(Self.kind(table))",
                blocks: blocks.compactMap(\.self), id: Self.id(entry.number)))
    }

    private static func kind(_ table: TableRecommendation) -> String {
        let isMeasured = table.columns.contains { $0.profile.measurement != nil }
        return table.unmigratedKind.map {
            " (\($0.words): \(isMeasured ? "measured, " : "")not migrated by DMS)"
        } ?? ""
    }

    private static func figures(_ table: TableRecommendation) -> PageTable {
        let quantiles = ColumnFigures.quantiles.map { share, _, percentile in
            PageTable.Column<ColumnFigures>(percentile, isNumeric: true) { PageText($0.quantileText(share)) }
        }
        return PageTable(
            "Figures of the columns of \(table.name.losslessText)", table.columns.map(ColumnFigures.init),
            columns(table) + quantiles + ends)
    }

    private static func columns(_ table: TableRecommendation) -> [PageTable.Column<ColumnFigures>] {
        [
            .init("Column", isElastic: true) { .code($0.name(in: table)) },
            .init("Type", isElastic: true) { .code($0.column.profile.column.typeName.losslessText) },
            .init("DMS class") { PageText($0.column.profile.column.lobClass.rawValue) },
            .init("How measured") { figures in
                let method = figures.column.profile.measurement.map { " (\($0.method.rawValue))" } ?? ""
                return "\(figures.column.estimate.coverage.rawValue)\(method)"
            },
            .init("Rows measured", isNumeric: true) { PageText($0.rows) },
            .init("NULLs", isNumeric: true) { PageText($0.nulls.map(NumberText.grouped) ?? "-") },
        ]
    }

    /// What stands behind the quantiles.
    private static let ends: [PageTable.Column<ColumnFigures>] = [
        .init("Largest (octets)", isNumeric: true) { PageText($0.largestOctets) },
        .init("Limit (octets)", isNumeric: true) { figures in
            PageText(
                figures.column.estimate.limit.map { NumberText.grouped(Int($0.bytes)) } ?? "not known")
        },
        .init("Limit (KB)", isNumeric: true) { PageText($0.column.limit.map { "\($0.count)" } ?? "-") },
        .init("Risk", isNumeric: true) { PageText(RiskText.figure($0.column.risk)) },
    ]

    private func statements(_ table: TableRecommendation) -> PageBlock? {
        let told = table.columns.filter { !$0.estimate.statement.isEmpty }
        guard !told.isEmpty else { return nil }
        return .list(
            told.map { column -> PageText in
                let sentences = column.estimate.statement + StoredText.sentence(column)
                return "\(code: ColumnFigures(column).name(in: table)): \(sentences)"
            })
    }

    /// A row of what each limit cuts.
    private typealias CutRow = (name: String, cuts: [String])

    /// What the usual limits would cut; one sentence where that is nothing.
    private func cuts(_ table: TableRecommendation) -> PageBlock? {
        let sizing = SizingRule(report.profile)
        let measured = table.columns.filter {
            $0.profile.measurement != nil && $0.profile.column.lobClass != .none
        }
        guard let smallest = limits.first, !measured.isEmpty else { return nil }
        let rows = measured.map { column -> CutRow in
            let figures = ColumnFigures(column)
            return (figures.name(in: table), limits.map { CutText.rows(figures, at: $0, sizing: sizing) })
        }
        if rows.allSatisfy({ $0.cuts.allSatisfy { $0 == CutText.nothing } }) {
            return .paragraph("A limit of \(smallest.count) KB or more cuts no present value.")
        }
        let columns = limits.enumerated().map { index, limit in
            PageTable.Column<CutRow>("\(limit.count) KB", isNumeric: true) { PageText($0.cuts[index]) }
        }
        let name = PageTable.Column<CutRow>("Values cut at", isElastic: true) { .code($0.name) }
        return .table(
            PageTable(
                "Values that a limit would cut in \(table.name.losslessText)", rows, [name] + columns))
    }

    /// Look-ups of a full load for each inline threshold, the chosen one marked; nil where nothing is known.
    private func lookUps(_ table: TableRecommendation) -> PageBlock? {
        let alternatives = ModeAlternatives(table, by: report.recommender)
        guard table.hasLOBs, !alternatives.inline.isEmpty, alternatives.values.value ?? 0 > 0 else {
            return nil
        }
        let columns = alternatives.inline.map { threshold in
            PageTable.Column<ModeAlternatives>("\(threshold.size.count) KB", isNumeric: true) {
                alternatives in
                let count = AlternativeText.count(threshold.lookUps, of: alternatives)
                return threshold.isChosen ? PageText([.strong(count)]) : PageText(count)
            }
        }
        let name = PageTable.Column<ModeAlternatives>("bulk-max-size") { _ in "look-ups" }
        return .table(
            PageTable(
                "Look-ups of a full load in \(table.name.losslessText)", [alternatives], [name] + columns))
    }
}
