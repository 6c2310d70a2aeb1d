import LOBAdvice
import SizeStatistics

/// The columns with the largest values, each with its histogram.
enum LargestColumns {
    private static let most = 20

    /// The section; nil where no column was measured.
    static func section(_ report: Report) -> PageSection? {
        let all = report.recommendation.tables.flatMap(\.columns).filter { $0.profile.measurement != nil }
        guard !all.isEmpty else { return nil }
        // Sizes apart from the columns, of which there may be thousands and a copy of each would cost more than to compare.
        let sizes = all.map { $0.estimate.shownLargest ?? ByteCount(-1) }
        let shown = sizes.indices.sorted { left, right in
            sizes[left] != sizes[right] ? sizes[left] > sizes[right] : left < right
        }.prefix(most).map { ColumnFigures(all[$0]) }
        let rest = all.count - shown.count
        let more: [PageBlock] =
            rest == 0
            ? []
            : [
                .paragraph(
                    PageText("and \(NumberText.counted(rest, "column")) with smaller values, see report.md"))
            ]
        return PageSection(
            id: "largest", title: nil, importance: .columns,
            blocks: [.table(PageTable("Columns with the largest values", shown, columns))] + more)
    }

    private static let columns: [PageTable.Column<ColumnFigures>] = [
        .init("Column", isElastic: true) { .code($0.subject) },
        .init("Type", isElastic: true, isExtra: true) {
            .code($0.column.profile.column.typeName.losslessText)
        },
        .init("1 B ... 1 GiB") { figures in
            PageText(figures.column.profile.measurement.map { SizeSparkline.line($0.representative) } ?? "")
        },
        .init("p50", isNumeric: true) { PageText($0.quantileText(0.5, isShort: true)) },
        .init("p99", isNumeric: true) { PageText($0.quantileText(0.99, isShort: true)) },
        .init("Largest", isNumeric: true) { PageText($0.shortLargest) },
    ]
}
