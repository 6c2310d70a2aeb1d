/// An entry of a policy file: a finding with which a person can live, where, and until when.
///
/// Stored with the policy, so that a report can be made again.
public struct AcceptedFinding: Sendable, Codable, Hashable {
    /// The id of the finding, such as `lob-without-key`.
    public let id: String
    /// The tables of which it is accepted; nil for whatever it is about.
    public let pattern: NamePattern?
    /// Whoever answers for it.
    public let by: String
    /// The last day on which it is accepted; nil for no end.
    public let until: CalendarDay?
    /// Where it was agreed, such as the number of a change.
    public let ticket: String?
    /// Why, in one line.
    public let reason: String?

    /// Creates an entry.
    public init(
        id: String, pattern: NamePattern? = nil, by: String, until: CalendarDay? = nil,
        ticket: String? = nil, reason: String? = nil
    ) {
        self.id = id
        self.pattern = pattern
        self.by = by
        self.until = until
        self.ticket = ticket
        self.reason = reason
    }

    /// Whether it still holds at a moment in seconds since 1970, as ``TruncationDecision/holds(at:)`` says of a waiver.
    public func holds(at seconds: Int64) -> Bool {
        until.map { CalendarDay(seconds: seconds) <= $0 } ?? true
    }
}
