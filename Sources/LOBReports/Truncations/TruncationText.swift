import LOBAdvice
import SizeStatistics

/// A truncation report for a terminal.
struct TruncationText {
    let report: TruncationReport
    let width: Int
    private let style: TerminalStyle

    init(report: TruncationReport, width: Int, isColored: Bool) {
        self.report = report
        self.width = width
        style = TerminalStyle(isColored: isColored)
    }

    /// The text.
    func render() -> [UInt8] {
        let findings = FindingLines(width: width, style: style).lines(report.findings)
        let sections = [summary, cuts, refusals, differences, findings, restart, next]
        let lines = sections.filter { !$0.isEmpty }.joined(separator: [""])
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private var summary: [String] {
        let log = report.summary
        let cut = report.evidence.values
        let unread = log.notUnderstood + log.overlongLines
        var lines = wrapped(
            "\(NumberText.counted(cut, "value")) cut in \(NumberText.counted(report.evidence.columns, "column")), by "
                + "\(NumberText.counted(log.lines, "line")) of logs; "
                + "\(NumberText.counted(unread, "line")) about truncations not understood")
        if cut == 0 {
            lines += wrapped(
                "That no cut is listed proves nothing: a log may be incomplete, or its level may hide warnings."
            )
        }
        return lines
    }

    private var cuts: [String] {
        guard !report.evidence.outcomes.isEmpty else { return [] }
        let hasTasks = report.hasTasks
        var table = TextTable(
            [
                .init(title: "Column", isElastic: true), .init(title: "Cut at (Kb)", isNumeric: true),
                .init(title: "Values", isNumeric: true), .init(title: "Longest", isNumeric: true),
                .init(title: "Needs (Kb)", isNumeric: true), .init(title: "Predicted (Kb)", isNumeric: true),
            ] + (hasTasks ? [.init(title: "Deployed rule")] : []) + [.init(title: "Profile's rule")])
        var hidden = report.evidence.unlisted.columns
        var unknown = 0
        for outcome in report.evidence.outcomes {
            if outcome.relation == nil {
                unknown += 1
                guard unknown <= TruncationAdvice.mostUnknown else {
                    hidden += 1
                    continue
                }
            }
            table.add(cells(outcome, hasTasks: hasTasks))
        }
        let more =
            hidden > 0
            ? wrapped("and \(NumberText.counted(hidden, "more column")) that the profile does not have") : []
        return table.lines(width: width, style: style) + more
    }

    private func cells(_ outcome: TruncationOutcome, hasTasks: Bool) -> [String] {
        let cut = outcome.truncation
        let deployed = outcome.deployed.map { RuleText.words($0.lobs) } ?? "none"
        return [
            cut.place.text, Self.kibibytes(cut.limit), "\(cut.count)",
            cut.largestLength.map { "\($0.bytes)" } ?? "not known",
            (outcome.needsAtLeast ? ">= " : "") + "\(outcome.needed.count)",
            outcome.predicted.map { "\($0.count)" } ?? "not known",
        ] + (hasTasks ? [deployed] : []) + [outcome.recommended.map { ComparisonWords.rule($0) } ?? "none"]
    }

    /// Bytes as KB of 1,024 where they are whole ones.
    private static func kibibytes(_ size: ByteCount) -> String {
        size.bytes.isMultiple(of: 1024) ? "\(size.bytes / 1024)" : "\(size.bytes) bytes"
    }

    private var refusals: [String] {
        guard let exceptions = report.exceptions else { return [] }
        guard !exceptions.isEmpty else { return ["awsdms_apply_exceptions of the target lists nothing."] }
        var table = TextTable([
            .init(title: "Refused by the target", isElastic: true), .init(title: "Changes", isNumeric: true),
            .init(title: "Cause"), .init(title: "Last"), .init(title: "Task", isElastic: true),
        ])
        for exception in exceptions {
            table.add([
                exception.table.losslessText, "\(exception.count)", exception.cause,
                exception.times?.upperBound ?? "", exception.task.losslessText,
            ])
        }
        return table.lines(width: width, style: style)
    }

    private var differences: [String] {
        guard let failures = report.validationFailures, !failures.isEmpty else { return [] }
        var table = TextTable([
            .init(title: "Not the same on the target", isElastic: true),
            .init(title: "Rows", isNumeric: true),
            .init(title: "Repaired", isNumeric: true), .init(title: "Kind"), .init(title: "Last"),
            .init(title: "Task", isElastic: true),
        ])
        for failure in failures {
            table.add([
                failure.table.losslessText, "\(failure.count)", "\(failure.repaired)",
                failure.kind?.rawValue ?? "another", failure.times?.upperBound ?? "",
                failure.task.losslessText,
            ])
        }
        return table.lines(width: width, style: style)
    }

    private var restart: [String] {
        report.restarts.flatMap { restart in
            [
                style.heading(
                    "To load \(restart.tables.map { "\(restart.cutTables.count) of \(NumberText.counted($0.count, "table"))" } ?? NumberText.counted(restart.cutTables.count, "table")) again"
                )
            ]
                + wrapped(
                    "Changes that were cut are gone from \(VisibleText.escape(restart.subject)). With the corrected rules deployed, either load the cut "
                        + "tables again by hand, or begin the task again with all of its tables. What empties them, on the target "
                        + "only, is in fix-target.sql of the folder that --remeasure writes. Cut tables:",
                    indent: "  ")
                + wrapped(restart.cutTables.map(VisibleText.escape).joined(separator: ", "), indent: "    ")
        }
    }

    private var next: [String] {
        guard !report.relations.isEmpty else { return [] }
        return [style.heading("Next")]
            + wrapped(
                "measure just these tables again and write corrected rules: lobscope truncations LOG --against "
                    + "SNAPSHOT --remeasure CONNINFO --out DIR", indent: "  ")
    }

    private func wrapped(_ text: String, indent: String = "") -> [String] {
        TextWrap.lines(text, width: width - indent.utf8.count, indent: indent).map {
            indent.isEmpty ? $0 : indent + $0
        }
    }
}
