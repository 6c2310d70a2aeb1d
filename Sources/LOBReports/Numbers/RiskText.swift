import LOBAdvice

/// Probabilities of truncation for people.
enum RiskText {
    /// Which rows a table's risk speaks of, as the end of a sentence.
    static func scope(_ policy: Policy) -> String {
        !policy.expectsGrowth
            ? "; of a table that was measured in full it speaks of the rows present, not of rows to come"
            : ", among the rows present and those that are expected until the cut-over"
    }

    /// The risk as a figure.
    ///
    /// A model's risk is never under 2 %, and that much means "no more than".
    static func figure(_ risk: Double?) -> String {
        switch risk {
        case nil: "not known"
        case 0?: "0 %"
        case let risk? where risk <= 0.02: "< 2 %"
        case let risk?: NumberText.percent(risk)
        }
    }
}
