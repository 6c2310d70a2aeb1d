/// What the histogram of a column counts whose every row is read.
public enum HistogramDetail: String, Sendable, Codable, CaseIterable {
    /// Every row where the table is read in some seconds, else the rows of some random blocks.
    case auto
    /// Every row.
    case exact
    /// The rows of some random blocks; the largest values and the tail are those of all rows.
    ///
    /// That is faster by a third or more, and for sizes in headers only.
    case sampled
    /// None, beside a bound: no block of the table is read then.
    case omitted = "none"
}
