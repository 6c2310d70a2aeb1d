/// How a figure about a column is known.
public enum Coverage: String, Sendable, Codable, CaseIterable {
    /// Every row was measured, as of one moment.
    case exact
    /// It is certain of every row present, by ``exact`` or ``bounded``, and rows that are still to come decide: an estimate.
    case forecast
    /// Not every row was measured, but a strict bound proves the limit.
    case bounded
    /// Every row was measured, but nothing says in which moments: by a version of lobscope that recorded none.
    case undated
    /// Estimated from a sample.
    case sampled
    /// Read in part, or in several moments, or by a sample that is too small to say anything useful.
    case refused
    /// Not measured.
    case skipped

    /// Whether the limit is certain to hold the rows present: rules may rest on it.
    public var isCertain: Bool {
        switch self {
        case .exact, .forecast, .bounded, .undated: true
        case .sampled, .refused, .skipped: false
        }
    }

    /// Whether every row was counted, whether or not the moment was recorded: what two profiles are compared by.
    var isCounted: Bool { self == .exact || self == .forecast || self == .undated }
}
