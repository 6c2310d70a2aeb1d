import LOBAdvice

/// Who accepted a finding, in one spelling everywhere.
enum AcceptanceWords {
    /// `accepted by Jane Doe until 2027-03-31, CHG-4711: loaded once, no CDC`, as far as it is known.
    static func sentence(_ acceptance: AcceptedFinding) -> String {
        "accepted by \(acceptance.by)" + (acceptance.until.map { " until \($0.text)" } ?? "")
            + (acceptance.ticket.map { ", \($0)" } ?? "") + (acceptance.reason.map { ": \($0)" } ?? "")
    }
}
