import LOBAdvice
import SizeStatistics

/// What logs and control tables say of cut values, as a page.
struct TruncationPage {
    let report: TruncationReport

    /// The page.
    var page: Page {
        let findings = report.findings.isEmpty ? [] : [findings]
        return Page(
            title: "Cut values in DMS logs",
            sections: [summary] + [cuts, refusals, differences].compactMap(\.self) + findings + restarts
                + [NextWords.section(next)].compactMap(\.self))
    }

    private var summary: PageSection {
        let log = report.summary
        let cut = report.evidence.values
        let unread = log.notUnderstood + log.overlongLines
        var text =
            "\(NumberText.counted(log.lines, "log line")) read: \(NumberText.counted(cut, "value")) cut in "
            + "\(NumberText.counted(report.evidence.columns, "column")); "
            + "\(NumberText.counted(unread, "line")) about truncations not understood"
        if cut == 0 {
            text += ". No cut found. The log may be incomplete, or its level too low to show warnings."
        }
        return PageSection(
            id: "summary", title: nil, importance: .summary, blocks: [.paragraph(PageText(text))])
    }

    private var cuts: PageSection? {
        guard !report.evidence.outcomes.isEmpty else { return nil }
        var (shown, hidden, unknown) = ([TruncationOutcome](), report.evidence.unlisted.columns, 0)
        for outcome in report.evidence.outcomes {
            if outcome.relation == nil { unknown += 1 }
            guard outcome.relation != nil || unknown <= TruncationAdvice.mostUnknown else {
                hidden += 1
                continue
            }
            shown.append(outcome)
        }
        let deployed: [PageTable.Column<TruncationOutcome>] = [
            .init("Deployed rule") { PageText($0.deployed.map { RuleText.words($0.lobs) } ?? "none") }
        ]
        let more = "and \(NumberText.counted(hidden, "more column")) that the profile does not have"
        return PageSection(
            id: "cuts", title: "Cut columns", importance: .decisions,
            blocks: [
                .table(
                    PageTable(
                        "Columns with cut values", shown,
                        Self.columns + (report.hasTasks ? deployed : []) + [Self.rule]))
            ]
                + (hidden > 0 ? [.paragraph(PageText(more))] : []))
    }

    private static let columns: [PageTable.Column<TruncationOutcome>] = [
        .init("Column", isElastic: true) { .code($0.truncation.place.text) },
        .init("Cut at (Kb)", isNumeric: true) { PageText(kibibytes($0.truncation.limit)) },
        .init("Values", isNumeric: true) { PageText("\($0.truncation.count)") },
        .init("Longest", isNumeric: true) { outcome in
            PageText(outcome.truncation.largestLength.map { "\($0.bytes)" } ?? "not known")
        },
        .init("Needs (Kb)", isNumeric: true) {
            PageText(($0.needsAtLeast ? ">= " : "") + "\($0.needed.count)")
        },
        .init("Predicted (Kb)", isNumeric: true) { outcome in
            PageText(outcome.predicted.map { "\($0.count)" } ?? "not known")
        },
    ]

    private static let rule = PageTable.Column<TruncationOutcome>("Profile's rule") { outcome in
        PageText(outcome.recommended.map { ComparisonWords.rule($0) } ?? "none")
    }

    /// Bytes as KB of 1,024 where they are whole ones.
    private static func kibibytes(_ size: ByteCount) -> String {
        size.bytes.isMultiple(of: 1024) ? "\(size.bytes / 1024)" : "\(size.bytes) bytes"
    }

    private var refusals: PageSection? {
        guard let exceptions = report.exceptions else { return nil }
        let columns: [PageTable.Column<ApplyException>] = [
            .init("Refused by the target", isElastic: true) { .code($0.table.losslessText) },
            .init("Changes", isNumeric: true) { PageText("\($0.count)") },
            .init("Cause") { PageText($0.reason.text) },
            .init("Last") { PageText($0.times?.upperBound ?? "") },
            .init("Task", isElastic: true) { .code($0.task.losslessText) },
        ]
        return PageSection(
            id: "refused", title: "Refused changes", importance: .decisions,
            blocks: [
                exceptions.isEmpty
                    ? .paragraph("\(code: "awsdms_apply_exceptions") of the target lists nothing.")
                    : .table(PageTable("Changes that the target refused", exceptions, columns))
            ])
    }

    private var differences: PageSection? {
        guard let failures = report.validationFailures, !failures.isEmpty else { return nil }
        let columns: [PageTable.Column<ValidationFailure>] = [
            .init("Not the same on the target", isElastic: true) { .code($0.table.losslessText) },
            .init("Rows", isNumeric: true) { PageText("\($0.count)") },
            .init("Repaired", isNumeric: true) { PageText("\($0.repaired)") },
            .init("Kind") { PageText($0.kind?.rawValue ?? "another") },
            .init("Last") { PageText($0.times?.upperBound ?? "") },
            .init("Task", isElastic: true) { .code($0.task.losslessText) },
        ]
        return PageSection(
            id: "different", title: "Rows that differ", importance: .decisions,
            blocks: [.table(PageTable("Rows that differ on the target", failures, columns))])
    }

    private var findings: PageSection {
        PageSection(
            id: "findings", title: "Findings", importance: .findings,
            blocks: [.findings(FindingGroup.all(report.findings).map { $0.finding(listing: .max) })])
    }

    private var restarts: [PageSection] {
        report.restarts.enumerated().map { number, restart in
            let count = restart.tables.map {
                "\(restart.cutTables.count) of \(NumberText.counted($0.count, "table"))"
            }
            return PageSection(
                id: "reload-\(number + 1)",
                title:
                    "Reload on the target: \(count ?? NumberText.counted(restart.cutTables.count, "table")) of \(restart.subject)",
                importance: .task,
                blocks: [
                    .paragraph(
                        """
                        Changes that were cut are lost. With the corrected rules deployed, either reload the cut tables by hand, or \
                        restart the task with all of its tables. The statements that empty them, on the target only, are in \
                        \(code: "fix-target.sql") of the folder that \(code: "--remeasure") writes. Cut tables:
                        """),
                    .list(restart.cutTables.map { .code($0.losslessText) }),
                ])
        }
    }

    /// To measure the tables again; nothing where that was asked for already.
    private var next: [NextWords.Step] {
        let source = ["--remeasure"] as Set
        guard !report.relations.isEmpty, report.options?.value(of: source) == nil else { return [] }
        let options = report.options?.text(without: source) ?? " LOG --against SNAPSHOT"
        let folder = report.options?.value(of: ["--against"]).map {
            ReportPlace.next(after: $0, isFolder: !$0.hasSuffix(".zst"))
        }
        return [
            .init(
                what: "measure just these tables again on the source, and write corrected rules",
                commands: ["lobscope truncations\(options) --remeasure CONNINFO --out \(folder ?? "NEW")"])
        ]
    }
}
