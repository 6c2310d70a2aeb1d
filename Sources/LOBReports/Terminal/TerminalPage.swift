import LOBProfile
import SizeStatistics

/// The sections of the terminal report, as lines.
struct TerminalPage {
    let width: Int
    let style: TerminalStyle

    /// Title and summary.
    func summary(_ report: Report) -> [String] {
        let lines = SummaryLines(report).lines
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
        guard !tables.isEmpty else { return ["No table in scope has a LOB column."] }
        var output = TextTable([
            .init(title: "Table", isElastic: true), .init(title: "Max LOB Size (Kb)", isNumeric: true),
            .init(title: "Truncations OKAY?"), .init(title: "Mode"), .init(title: "Coverage"),
            .init(title: "Risk", isNumeric: true),
        ])
        for table in tables {
            output.add([
                table.table.name.losslessText, table.limit, table.truncationsOK, table.mode,
                table.coverage.rawValue, table.risk,
            ])
        }
        return headed(output.lines(width: width))
    }

    /// The columns with their sizes.
    func columns(_ report: Report) -> [String] {
        let columns = report.recommendation.tables.flatMap(\.columns).filter { $0.profile.measurement != nil }
        guard !columns.isEmpty else { return [] }
        var output = TextTable([
            .init(title: "Column", isElastic: true), .init(title: "Type", isElastic: true),
            .init(title: "1 B ... 1 GiB"), .init(title: "p50", isNumeric: true),
            .init(title: "p99", isNumeric: true), .init(title: "Largest", isNumeric: true),
        ])
        for column in columns {
            let figures = ColumnFigures(column)
            let largest = column.estimate.largest.map { SizeText.rounded($0) } ?? "no value"
            output.add([
                figures.subject, column.profile.column.typeName.losslessText,
                column.profile.measurement.map { SizeSparkline.line($0.distribution) } ?? "",
                figures.quantile(0.5).map(SizeText.rounded) ?? "-",
                figures.quantile(0.99).map(SizeText.rounded) ?? "-",
                (column.estimate.coverage.isLowerBound ? ">= " : "") + largest,
            ])
        }
        return headed(output.lines(width: width))
    }

    /// The findings, each with its remedy.
    func findings(_ report: Report) -> [String] {
        report.recommendation.findings.flatMap { finding in
            let lines = TextWrap.lines(
                "\(finding.severity.rawValue): \(finding.subject): \(finding.message) [\(finding.id)]",
                width: width,
                indent: "  ")
            let rest = String(
                Substring((lines.first ?? "").unicodeScalars.dropFirst(finding.severity.rawValue.utf8.count)))
            let hint = TextWrap.lines("hint: \(finding.remedy)", width: width - 2, indent: "  ").map {
                "  " + $0
            }
            return [style.severity(finding.severity) + rest] + lines.dropFirst() + hint
        }
    }

    /// What was not measured.
    func unmeasured(_ report: Report) -> [String] {
        let entries = report.profile.unmeasured
        guard !entries.isEmpty else { return [] }
        return [style.heading("Not measured")]
            + entries.flatMap { entry in
                TextWrap.lines("\(entry.subject): \(entry.explanation)", width: width, indent: "  ")
                    + TextWrap.lines("hint: \(entry.remedy)", width: width - 2, indent: "  ").map {
                        "  " + $0
                    }
            }
    }

    /// The next useful command.
    func next(_ report: Report) -> [String] {
        [style.heading("Next")] + TextWrap.lines(NextCommand.line(report), width: width, indent: "  ")
    }

    private func headed(_ lines: [String]) -> [String] {
        lines.prefix(1).map(style.heading) + lines.dropFirst()
    }
}
