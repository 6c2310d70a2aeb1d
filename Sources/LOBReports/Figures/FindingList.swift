import LOBAdvice

/// The findings of a report for people: of many with the same id the first ones, and how many more there are.
struct FindingList {
    /// An entry of the list.
    enum Entry {
        case finding(Finding)
        /// So many more like the ones before.
        case more(Int, of: Finding)
    }

    /// The entries, in the order of the findings.
    let entries: [Entry]

    /// Findings of one id that are listed: with the same remedy for each, more of them tell nothing new.
    static let shown = 20

    /// Lists the findings of a report.
    init(_ report: Report) {
        let findings = report.recommendation.findings
        let counts = Dictionary(grouping: findings, by: \.id).mapValues(\.count)
        var (seen, entries): ([String: Int], [Entry]) = ([:], [])
        for finding in findings {
            let place = seen[finding.id, default: 0] + 1
            seen[finding.id] = place
            guard place <= Self.shown || report.showsQuietTables else { continue }
            entries.append(.finding(finding))
            let rest = (counts[finding.id] ?? 0) - place
            if place == Self.shown, rest > 0, !report.showsQuietTables {
                entries.append(.more(rest, of: finding))
            }
        }
        self.entries = entries
    }

    /// What is said instead of so many findings; the command stands apart from the sentence.
    static func omission(_ count: Int, in format: ReportFormat) -> (text: String, command: String) {
        (
            "\(NumberText.grouped(count)) more like these are in report.json; this shows them here:",
            ReportTables.fullCommand(format)
        )
    }
}
