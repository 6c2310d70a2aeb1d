import LOBAdvice
import SizeStatistics

/// The part of a comparison on columns: how far the sizes moved, and whether that is more than chance.
enum ColumnChanges {
    /// The section; nil where no column's sizes moved.
    static func section(_ tables: [TableChange]) -> PageSection? {
        let columns = tables.flatMap { table in
            table.columns.filter { $0.isChanged || $0.drift?.verdict == .sampleOnly }
        }
        guard !columns.isEmpty else { return nil }
        let note = self.note(columns)
        return ComparisonPage.section(
            "columns", "Columns",
            [.table(PageTable("Sizes before and after", columns, Self.columns))]
                + (note.isEmpty ? [] : [.paragraph(PageText(note))]))
    }

    private static let columns: [PageTable.Column<TableChange.ColumnChange>] = [
        .init("Column", isElastic: true) {
            .code($0.relation.losslessText + "." + $0.name.losslessText)
        },
        .init("Largest", isNumeric: true) {
            PageText(ComparisonWords.arrow($0.old.map(Self.largest), $0.new.map(Self.largest)))
        },
        .init("p99", isNumeric: true) { PageText(quantile(0.99, of: $0)) },
        .init("p99.9", isNumeric: true) { PageText(quantile(0.999, of: $0)) },
        .init("Sizes") { PageText(verdict($0)) },
    ]

    private static func quantile(_ share: Double, of column: TableChange.ColumnChange) -> String {
        guard let change = column.drift?.sizes.quantiles.first(where: { $0.quantile == share }) else {
            return "-"
        }
        return ComparisonWords.arrow(
            change.before.map(SizeText.rounded), change.after.map(SizeText.rounded))
    }

    private static func largest(_ state: TableChange.ColumnState) -> String {
        guard state.largest != nil || state.largestSize.provenance == .atMost else {
            return state.values == nil
                ? "not known" : state.largestSize.exactValue == 0 ? "no value" : "no value seen"
        }
        return FigureText.short(state.largestSize) { SizeText.rounded(ByteCount($0)) }
    }

    private static func verdict(_ column: TableChange.ColumnChange) -> String {
        guard column.old != nil else { return "new" }
        guard column.new != nil else { return "gone" }
        guard column.old?.values != nil, column.new?.values != nil else { return "not compared" }
        guard let drift = column.drift else { return "not comparable" }
        let distance = NumberText.percent(drift.sizes.distance)
        switch drift.verdict {
        case .same: return "same"
        case .changed where drift.isOnlyTail: return "large values changed"
        case .changed where drift.sizes.distance == 0: return "changed"
        case .changed: return "changed by \(distance)"
        case .sampleOnly: return "only the sample differs"
        case .notTested: return "about \(distance) apart, not tested"
        }
    }

    /// What the words mean, where they occur.
    private static func note(_ columns: [TableChange.ColumnChange]) -> String {
        let verdicts = Set(columns.compactMap(\.drift).map(\.verdict))
        var sentences: [String] = []
        if verdicts.contains(.changed) {
            sentences.append(
                "Changed by: at most this share of the values moved to another size.")
        }
        if verdicts.contains(.sampleOnly) {
            sentences.append(
                "Samples are tested (Kolmogorov-Smirnov and exceedances of high quantiles, 5 % over all columns): where "
                    + "only the sample differs, the same values could have given both.")
        }
        return sentences.joined(separator: " ")
    }
}
