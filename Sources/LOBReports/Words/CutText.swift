import LOBAdvice
import SizeStatistics

/// What a limit would cut, in words.
enum CutText {
    /// Where a limit cuts no row.
    static let nothing = "0"

    /// The rows that a limit would cut, with their share, such as `41 (0.12 %)`.
    static func rows(_ figures: ColumnFigures, at limit: Kibibytes, sizing: SizingRule) -> String {
        guard let cut = figures.rowsCut(at: limit, sizing: sizing), let values = figures.allValues else {
            return "not known"
        }
        guard cut.interval.upperBound > 0, values > 0 else { return nothing }
        return "\(count(cut)) (\(NumberText.percent(min(1, cut.expected / values))))"
    }

    /// A number of rows: counted, counted in classes of sizes, or estimated with the range that holds with 95 %.
    static func count(_ rows: CutCurve.Rows) -> String {
        switch rows {
        case .exact(let count): NumberText.grouped(count)
        case .between(let range):
            "\(NumberText.grouped(range.lowerBound)) to \(NumberText.grouped(range.upperBound))"
        case .estimated(let expected, let interval):
            "about \(rounded(expected)) (\(rounded(interval.lowerBound, .down)) to \(rounded(interval.upperBound, .up)))"
        }
    }

    /// Two significant digits, an estimate is worth no more; the ends of an interval outwards.
    private static func rounded(
        _ number: Double, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero
    ) -> String {
        var scale = 1.0
        while number / scale >= 99.5 { scale *= 10 }
        let share = number / scale
        let nearest = share.rounded()
        // Less than the page of report.html knows is no reason for one more.
        let rounded = ((share - nearest).magnitude < 1e-3 ? nearest : share.rounded(rule)) * scale
        return NumberText.grouped(Int(min(rounded, 1e15)))
    }
}
