public import LOBProfile

/// Something that happened during a survey, for progress lines and logs.
///
/// Values only: no row contents.
public enum SurveyEvent: Sendable {
    /// The catalog was read and the plan made.
    case planned(Plan)
    /// Blocks of a table were read.
    case read(RelationName, blocks: Int)
    /// A table is done.
    case finished(RelationName)
    /// Something could not be measured.
    case unmeasured(Unmeasured)
    /// A connection was lost and is being opened again, after so many seconds.
    case reconnecting(reason: String, after: Double)
    /// Large objects are being measured.
    case largeObjects
}
