import LOBAdvice

/// What either mode would have meant, in words.
enum AlternativeText {
    /// A sentence to follow the reason of the mode that was taken.
    static func sentence(_ table: TableRecommendation, _ recommender: Recommender) -> String {
        let alternatives = ModeAlternatives(table, by: recommender)
        let values =
            alternatives.values.value == nil ? nil : FigureText.counted(alternatives.values, "value")
        switch table.mode {
        case .none: return ""
        case .limited:
            return values.map { ". Unlimited, DMS would read each of \($0) with an extra SELECT" } ?? ""
        case .unlimited:
            let lookUps =
                values.map { ". In CDC DMS reads each changed LOB of \($0) with an extra SELECT" } ?? ""
            let limited = alternatives.limited.map {
                ". Limited at \($0.size.count) KB would have a risk of \(RiskText.figure($0.risk))"
            }
            return lookUps + (limited ?? "")
        }
    }

    /// A number of look-ups, from those surely to those possibly.
    static func count(_ range: ClosedRange<Int>, of alternatives: ModeAlternatives) -> String {
        let about = alternatives.values.provenance == .estimated ? "about " : ""
        let most = NumberText.grouped(range.upperBound)
        return about
            + (range.count == 1 ? most : "\(NumberText.grouped(range.lowerBound)) to \(most)")
    }
}
