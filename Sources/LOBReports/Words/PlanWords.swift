import LOBAdvice

/// Why tables are measured as they are, in words.
enum PlanWords {
    /// The reasons of a table in one line.
    static func reasons(_ plan: TablePlan) -> String { plan.reasons.map(words).joined(separator: "; ") }

    private static func words(_ reason: TablePlan.Reason) -> String {
        switch reason {
        case .askedFor: "asked for"
        case .askedForBound: "asked for: sizes of some blocks at most are read; seconds at most"
        case .foreignTable: "foreign table: one statement, which the other server helps with as far as it can"
        case .empty: "empty when planned"
        case .notSampleable: "rows of this table access method cannot be sampled"
        case .sizesInHeaders: "sizes are in the headers of the values"
        case .small: "small enough to read in full"
        case .textTakesLong: "making the text of every value would take long"
        case .withoutPlaces: "rows cannot be found again by their places, which two phases need"
        case .overTimeBudget: "reading all of it would take many times the time budget"
        case .ring: "in one statement, by a ring of buffers"
        case .boundIsCheaper: "how large values can be at most takes a tenth of that: --method bound"
        }
    }
}
