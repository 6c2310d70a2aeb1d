import LOBProfile

/// What the limit that was asked about does, and how long the settings are enough; nothing where neither was asked.
enum MarkdownOutlook {
    /// The sections.
    static func section(_ report: Report) -> String {
        let answers = LimitAnswerText.all(report)
        let growth = GrowthText.all(report)
        return list(OutlookText.limitTitle(report), answers, OutlookText.limitLegend)
            + list(OutlookText.growthTitle, growth, OutlookText.growthLegend(report))
    }

    private static func list(_ title: String, _ lines: [(table: String, text: String)], _ legend: String)
        -> String
    {
        guard !lines.isEmpty else { return "" }
        let items = lines.map { "- \(MarkdownText.escape($0.table)): \(MarkdownText.escape($0.text))\n" }
        return """
            ## \(title)

            \(items.joined())
            \(MarkdownText.escape(legend))


            """
    }
}
