import LOBAdvice

/// What the limit that was asked about does, and how long the settings are enough; nothing where neither was asked.
enum HTMLOutlook {
    /// The sections.
    static func section(_ report: Report) -> String {
        let answers = LimitAnswerText.all(report)
        let growth = GrowthText.all(report)
        var sections: [String] = []
        if !answers.isEmpty {
            sections.append(
                HTMLMarkup.section(
                    "limit", "The limit that was asked about", list(answers, OutlookText.limitLegend)))
        }
        if !growth.isEmpty {
            sections.append(
                HTMLMarkup.section(
                    "growth", "How long the limits are enough",
                    list(growth, OutlookText.growthLegend(report))))
        }
        return sections.joined(separator: "\n")
    }

    private static func list(_ lines: [(table: String, text: String)], _ legend: String) -> String {
        HTMLMarkup.definitions(lines.map { (topic: $0.table, text: $0.text) })
            + "\n<p>\(HTMLMarkup.text(legend))</p>"
    }
}
