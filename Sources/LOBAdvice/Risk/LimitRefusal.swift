/// Why what was read of a column gives no limit.
public enum LimitRefusal: Hashable, Sendable {
    /// Blocks or rows of it could not be read.
    case partlyRead
    /// It was read in several moments: rows that moved meanwhile may be missing.
    case severalMoments
    /// Its shards were read through their coordinator, each in a moment of its own.
    case severalShards
    /// Of some stored sizes no random row was read.
    case sizesNotDrawn
    /// The sample has too few values.
    case smallSample
    /// Rows are still to come, and too few values are known to say anything of them.
    case rowsToCome
    /// Rows are still to come, and no row was read, but a bound found for those present.
    case boundOfRowsPresent
}
