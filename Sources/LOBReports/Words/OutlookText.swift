import LOBAdvice

/// Headings and explanations of what a limit does now and later.
enum OutlookText {
    static let growthTitle = "How long the limits are enough"
    static let limitLegend = LimitAnswerText.legend

    /// The heading for the limit that was asked about.
    static func limitTitle(_ report: Report) -> String {
        report.profile.policy.limit.map { "What a limit of \($0.count) KB would do" }
            ?? "What the limits of the policy file would do"
    }

    /// What the dates mean, and what they assume.
    static func growthLegend(_ report: Report) -> String {
        let risk = NumberText.percent(report.profile.policy.risk)
        return """
            A limit is enough while the probability that any value is larger stays within \(risk). That assumes that new \
            rows are like the present ones, or like the most recent of them where that asks for more, and that they go \
            on arriving as fast; the dates around it allow for chance in their number, not for a change of the rate. \
            Updates that make a value larger are not foreseen. The surest date is that of a new profile.
            """
    }
}
