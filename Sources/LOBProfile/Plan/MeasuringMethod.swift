/// How the sizes of one column are obtained.
public enum MeasuringMethod: String, Sendable, Codable, CaseIterable {
    /// The size of every row.
    case full
    /// The stored size of every row, and the true size of the largest stored and of a random sample.
    case twoPhase = "two-phase"
    /// The sizes of sampled rows.
    case sample
    /// No size but those of some blocks: how large any value of the table can be at most, by what is stored outside of its rows.
    case bound

    /// Whether it says something of a table without reading its rows, but for some.
    package var isLook: Bool { self == .bound || self == .sample }
}
