public import LOBAdvice
import SizeStatistics

/// What a patch plan is about: numbers, and never a key.
public struct PatchReport: Sendable {
    let plan: PatchPlan

    /// Creates a report.
    public init(_ plan: PatchPlan) { self.plan = plan }

    /// The report in one format.
    ///
    /// - Parameter width: cells of a line.
    public func render(
        _ format: PageFormat, width: Int = TerminalReport.defaultWidth, isColored: Bool = false
    ) -> [UInt8] {
        page.render(format, width: width, isColored: isColored) { PatchJSON.render(plan) }
    }

    private var page: Page {
        let rows = plan.tables.reduce(0) { $0 + $1.keys.count }
        let title =
            "\(NumberText.counted(rows, "row")) above the limit in \(NumberText.counted(plan.tables.count, "table")) "
            + "of \(NumberText.grouped(plan.tablesRead)) with limited LOBs."
        let parts = [[PageBlock.paragraph(PageText(title))], plan.tables.isEmpty ? [] : [.table(table)]]
        return Page(
            title: "Patch plan",
            sections: parts.filter { !$0.isEmpty }.enumerated().map { number, blocks in
                PageSection(id: "patch-\(number)", title: nil, importance: .decisions, blocks: blocks)
            })
    }

    private var table: PageTable {
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
