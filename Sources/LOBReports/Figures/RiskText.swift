/// Probabilities of truncation for people.
enum RiskText {
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
