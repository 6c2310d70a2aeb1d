public import LOBAdvice
import SizeStatistics

/// What a patch plan is about, for a terminal: numbers, and never a key.
public enum PatchText {
    /// The text.
    public static func render(_ plan: PatchPlan, width: Int, isColored: Bool) -> [UInt8] {
        let rows = plan.tables.reduce(0) { $0 + $1.keys.count }
        let title =
            "\(NumberText.counted(rows, "row")) above the limit in \(NumberText.counted(plan.tables.count, "table")) "
            + "of \(NumberText.grouped(plan.tablesRead)) with limited LOBs."
        let sections = [
            [PageBlock.paragraph(PageText(title))], plan.tables.isEmpty ? [] : [.table(table(plan))],
        ]
        let page = Page(
            title: "Patch plan",
            sections: sections.filter { !$0.isEmpty }.map { blocks in
                PageSection(id: "patch", title: nil, importance: .decisions, blocks: blocks)
            })
        return TerminalRenderer(width: width, isColored: isColored).render(page)
    }

    private static func table(_ plan: PatchPlan) -> PageTable {
        PageTable(
            "Rows above the limit", plan.tables,
            [
                .init("Table", isElastic: true) { .code($0.name.losslessText) },
                .init("Limit (Kb)", isNumeric: true) { "\($0.limit.count)" },
                .init("Rows", isNumeric: true) { PageText(NumberText.grouped($0.keys.count)) },
                .init("Bytes", isNumeric: true) { PageText(NumberText.grouped(Int($0.bytes.bytes))) },
                .init("Key", isElastic: true) {
                    PageText($0.keyColumns.map(\.losslessText).joined(separator: ", "))
                },
            ])
    }
}
