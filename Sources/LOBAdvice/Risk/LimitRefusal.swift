/// Why what was read of a column gives no limit.
public enum LimitRefusal: Hashable, Sendable {
    /// Blocks or rows of it could not be read.
    case partlyRead
    /// It was read in several moments: rows that moved meanwhile may be missing.
    case severalMoments
    /// Of some stored sizes no random row was read.
    case sizesNotDrawn
    /// The sample has too few values.
    case smallSample
    /// Rows are still to come, and too few values are known to say anything of them.
    case rowsToCome
    /// Rows are still to come, and no row was read, but a bound found for those present.
    case boundOfRowsPresent

    /// What to do about it.
    package var remedy: String {
        switch self {
        case .partlyRead: "see what was not measured, and why, and profile the table again"
        case .severalMoments:
            "profile the table again where it changes less, such as on a replica whose replay is paused, or raise "
                + "--snapshot-limit"
        case .sizesNotDrawn: "measure every row (--method full)"
        case .smallSample: "measure every row (--method full), or a larger sample (--sample-percent)"
        case .rowsToCome:
            "profile again when more rows are there, or shortly before the cut-over without --growth"
        case .boundOfRowsPresent:
            "measure every row (--method full), so that rows to come can be estimated, or profile again shortly before the "
                + "cut-over without --growth"
        }
    }
}
