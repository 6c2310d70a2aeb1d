public import LOBAdvice
import SizeStatistics

/// What a patch plan is about, for a terminal: numbers, and never a key.
public enum PatchText {
    /// The text.
    public static func render(_ plan: PatchPlan, width: Int, isColored: Bool) -> [UInt8] {
        let width = max(width, 40)
        let rows = plan.tables.reduce(0) { $0 + $1.keys.count }
        let title =
            "\(NumberText.counted(rows, "row")) above the limit in \(NumberText.counted(plan.tables.count, "table")) "
            + "of \(NumberText.grouped(plan.tablesRead)) with limited LOBs."
        var lines = TextWrap.lines(title, width: width)
        if !plan.tables.isEmpty {
            let style = TerminalStyle(isColored: isColored)
            let table = self.table(plan).lines(width: width)
            lines += [""] + table.prefix(1).map(style.heading) + table.dropFirst()
        }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private static func table(_ plan: PatchPlan) -> TextTable {
        var output = TextTable([
            .init(title: "Table", isElastic: true), .init(title: "Limit (Kb)", isNumeric: true),
            .init(title: "Rows", isNumeric: true), .init(title: "Bytes", isNumeric: true),
            .init(title: "Key", isElastic: true),
        ])
        for table in plan.tables {
            output.add([
                table.name.losslessText, "\(table.limit.count)", NumberText.grouped(table.keys.count),
                NumberText.grouped(Int(table.bytes.bytes)),
                table.keyColumns.map(\.losslessText).joined(separator: ", "),
            ])
        }
        return output
    }
}
