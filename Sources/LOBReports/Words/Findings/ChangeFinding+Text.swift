import LOBAdvice

extension ChangeFinding {
    /// What is silently left out, or read again.
    var text: FindingText {
        switch self {
        case .outside(let values, let tables, let most, let target, let isWholeRecord):
            .init(
                "at least \(values) values in \(tables) tables are stored outside of their rows, most in "
                    + "\"\(most.losslessText)\": an UPDATE that does not touch such a value sends a mark instead of it, and what the "
                    + "target \(target.rawValue) gets then is not documented",
                remedy: isWholeRecord
                    ? "try it: update another column of one such row, and look whether the value arrives or becomes NULL; "
                        + "REPLICA IDENTITY FULL with test_decoding sends the old value"
                    : "try it with one row before the migration")
        case .lookedUp(let first, let others):
            .init(
                "\"\(first.losslessText)\"" + (others > 0 ? " and \(others) more are" : " is")
                    + " unlimited: for each change DMS reads the LOBs of the row from the source again, by its key, as they are "
                    + "then; a row that was changed again or deleted meanwhile arrives with another value, or none",
                remedy: "nothing to do where the last state counts; plan for the reads on the source")
        }
    }
}
