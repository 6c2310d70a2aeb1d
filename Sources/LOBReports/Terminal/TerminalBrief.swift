import LOBAdvice
import SizeStatistics

/// The first screen: what decides, in as many lines for any database.
struct TerminalBrief {
    private let page: TerminalPage

    /// Lines at most, where no line has to be wrapped more often than at the usual width.
    static let lines = 60
    /// Tables that are shown.
    private static let tables = 8
    /// Entries of what was not measured, and statements that would let the role read it, that are shown.
    private static let (entries, grants) = (3, 8)
    /// Lines that the findings have at least.
    private static let fewest = 8

    init(_ page: TerminalPage) {
        self.page = page
    }

    /// The lines of the page.
    func lines(_ report: Report) -> [String] {
        let head = [verdict(report) + page.summary(report, SummaryLines.decisive)]
        let middle = [tables(report), asked(page.limit(report)), asked(page.growth(report))]
        let end = [unmeasured(report), page.next(report)]
        let fixed = (head + middle + end).filter { !$0.isEmpty }
        let room = Self.lines - fixed.reduce(0) { $0 + $1.count + 1 }
        let findings = findings(report, within: max(Self.fewest, room))
        return (head + middle + [findings] + end).filter { !$0.isEmpty }.joined(separator: [""]).map(\.self)
    }

    private func verdict(_ report: Report) -> [String] {
        let verdict = report.recommendation.verdict
        let lines = TextWrap.lines(
            "\(verdict.rawValue): \(VerdictWords.reason(report))", width: page.width, indent: "  ")
        return lines.enumerated().map { $0 == 0 ? page.style.heading($1) : $1 } + [""]
    }

    /// The tables that ask for a decision, those with the largest values first.
    private func tables(_ report: Report) -> [String] {
        let all = TableFigures.lobTable(report)
        guard !all.isEmpty else {
            return TextWrap.lines(ScopeText.withoutLOBs(report.profile), width: page.width)
        }
        let open = all.filter { $0.table.mode == .unlimited || $0.table.risk != 0 }
        let rest = all.count - open.count
        let held =
            rest == 0
            ? "" : "\(NumberText.counted(rest, "table")) limited at sizes that hold every value; "
        let complete = "\(held)all in lob-table.md, or with -v"
        guard !open.isEmpty else { return TextWrap.lines("LOB tables: \(complete)", width: page.width) }
        let sizes = open.map { Self.weight($0) }
        let order = open.indices.sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }
        let shown = order.prefix(Self.tables).map { open[$0] }
        let more =
            open.count > shown.count ? "\(NumberText.grouped(open.count - shown.count)) more to decide; " : ""
        return page.lobTableWithSizes(shown) + TextWrap.lines("\(more)\(complete)", width: page.width)
    }

    /// The beginning of what was asked for.
    private func asked(_ lines: [String]) -> [String] {
        guard lines.count > Self.answers else { return lines }
        return lines.prefix(Self.answers) + ["  and more: report.md, or -v"]
    }

    /// Lines of an answer that are shown.
    private static let answers = 6

    /// What is not known comes first.
    private static func weight(_ figures: TableFigures) -> Int64 {
        figures.lobColumns.map { $0.estimate.shownLargest?.bytes ?? .max }.max() ?? 0
    }

    /// As many kinds of findings as there is room for, each with what to do.
    private func findings(_ report: Report, within room: Int) -> [String] {
        let groups = FindingGroup.all(report)
        let infos = report.recommendation.findings.count { $0.severity == .info }
        var (lines, shown) = ([String](), 0)
        for group in groups {
            let next = page.lines(of: group)
            guard lines.count + next.count < room || shown == 0 else { break }
            lines += next
            shown += 1
        }
        let kinds = groups.count - shown
        let left =
            (kinds > 0 ? ["\(NumberText.counted(kinds, "more kind")) of findings"] : [])
            + (infos > 0 ? [infos == 1 ? "1 info" : "\(NumberText.grouped(infos)) infos"] : [])
        guard !left.isEmpty else { return lines }
        return lines
            + TextWrap.lines("\(left.joined(separator: " and ")): report.md, or -v", width: page.width)
    }

    /// What was not measured, by reason, and the statements that would let the role read it.
    private func unmeasured(_ report: Report) -> [String] {
        let entries = report.profile.unmeasured
        guard !entries.isEmpty else { return [] }
        let shown = Array(entries.prefix(Self.entries))
        let rest = entries.count - shown.count
        return page.unmeasured(shown)
            + (rest > 0
                ? TextWrap.lines(
                    "and \(NumberText.grouped(rest)) more: report.md, or -v", width: page.width, indent: "  "
                )
                .map { "  " + $0 } : [])
            + page.grants(report, atMost: Self.grants)
    }
}
