/// How a figure about a column is known.
public enum Coverage: String, Sendable, Codable, CaseIterable {
    /// Every row was measured.
    case exact
    /// Not every row was measured, but a strict bound proves the limit.
    case bounded
    /// Estimated from a sample.
    case sampled
    /// Sampled, but the sample is too small to say anything useful.
    case refused
    /// Not measured.
    case skipped
}
