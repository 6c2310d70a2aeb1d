import LOBAdvice

/// What the limit that was asked about does, and how long the settings are enough; nothing where neither was asked.
enum MarkdownOutlook {
    /// The section.
    static func section(_ report: Report) -> MarkdownSection {
        let limit = list(
            OutlookText.limitTitle(report), LimitAnswerText.all(report), OutlookText.limitLegend)
        let growth = list(OutlookText.growthTitle, GrowthText.all(report), OutlookText.growthLegend(report))
        return MarkdownSection(.outlook, limit + (limit.isEmpty || growth.isEmpty ? [] : ["\n"]) + growth)
    }

    private static func list(_ title: String, _ lines: [(table: String, text: String)], _ legend: String)
        -> [String]
    {
        guard !lines.isEmpty else { return [] }
        let items = lines.map { "- \(MarkdownText.escape($0.table)): \(MarkdownText.escape($0.text))\n" }
        return ["## \(title)\n\n"] + items + ["\n\(MarkdownText.escape(legend))\n"]
    }
}
