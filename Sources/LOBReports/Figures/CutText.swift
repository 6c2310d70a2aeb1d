import LOBProfile

/// What a limit would cut, in words.
enum CutText {
    /// The rows that a limit would cut, with their share, such as `41 (0.12 %)`.
    static func rows(_ figures: ColumnFigures, at limit: Kibibytes, sizing: SizingRule) -> String {
        guard let cut = figures.rowsCut(at: limit, sizing: sizing), let values = figures.values else {
            return "not known"
        }
        guard cut.upperBound > 0, values > 0 else { return "0" }
        let count = NumberText.grouped(cut.upperBound)
        let range = cut.count == 1 ? count : "\(NumberText.grouped(cut.lowerBound)) to \(count)"
        return "\(range) (\(NumberText.percent(Double(cut.upperBound) / Double(values))))"
    }
}
