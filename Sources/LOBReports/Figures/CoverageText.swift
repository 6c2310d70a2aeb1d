import LOBProfile

/// Coverage in words.
extension Coverage {
    /// Less certain, larger: the coverage of a table is that of its least certain column.
    var uncertainty: Int {
        switch self {
        case .exact: 0
        case .bounded: 1
        case .sampled: 2
        case .refused: 3
        case .skipped: 4
        }
    }

    /// Whether the largest size that was observed need not be the largest there is.
    var isLowerBound: Bool {
        switch self {
        case .exact: false
        case .bounded, .sampled, .refused, .skipped: true
        }
    }

    /// What a person should understand by it.
    var meaning: String {
        switch self {
        case .exact: "every row was measured"
        case .bounded: "not every row was measured, but a strict bound proves the limit"
        case .sampled: "estimated from a sample"
        case .refused: "the sample is too small for an estimate"
        case .skipped: "not measured"
        }
    }
}
