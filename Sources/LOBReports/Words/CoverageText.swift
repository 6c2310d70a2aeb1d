import LOBAdvice

/// Coverage in words.
extension Coverage {
    /// Less certain, larger: the coverage of a table is that of its least certain column.
    var uncertainty: Int {
        switch self {
        case .exact: 0
        case .bounded: 1
        case .forecast: 2
        case .undated: 3
        case .sampled: 4
        case .refused: 5
        case .skipped: 6
        }
    }

    /// What a person should understand by it.
    var meaning: String {
        switch self {
        case .exact: "every row was measured, or every one that can be larger, as of one moment"
        case .forecast:
            "certain of the rows present, and an estimate for those that are still to come"
        case .bounded:
            "no value can be larger than the limit: a strict bound proves it, or every row of a last moment was read among "
                + "others that were replaced or deleted meanwhile"
        case .undated: "every row was measured, in moments that were not recorded"
        case .sampled: "estimated from a sample"
        case .refused: "what was read is not enough for a limit"
        case .skipped: "not measured"
        }
    }
}
