public import LOBProfile

/// Something that happened during a survey, for progress lines and logs.
///
/// Values only: no row contents.
public enum SurveyEvent: Sendable {
    /// The catalog was read and the plan made.
    case planned(Plan)
    /// A table changed while it was read, or was attached to another, and was planned again.
    case plannedAgain(TablePlan)
    /// The connection crosses a network, and the server's certificate was not verified.
    case linkUnverified
    /// Blocks of a table were read.
    case read(RelationName, blocks: Int)
    /// A table was finished by the survey that this one goes on with.
    case carriedOver(TablePlan)
    /// A table is done.
    case finished(RelationName)
    /// Something could not be measured.
    case unmeasured(Unmeasured)
    /// A connection was lost and is being opened again, after so many seconds.
    case reconnecting(reason: String, after: Double)
    /// A reader is lost, and the others read what it had begun.
    case readerLost(place: String, reason: Unmeasured.Reason)
    /// The shards of a table could not be read on their servers, and it is read through the server that has the catalog.
    case shardsNotRead(RelationName, ShardProblem)
    /// Nothing is read for a reason, already for so many seconds; after `limit` seconds the survey ends.
    ///
    /// Comes several times a second while the pause lasts.
    case paused(reason: String, seconds: Double, limit: Double)
    /// A pause of so many seconds is over.
    case resumed(after: Double)
    /// One snapshot for all tables was taken.
    case snapshotTaken
    /// That snapshot is so many seconds old, and holds up vacuum.
    case snapshotIsOld(seconds: Double)
    /// Large objects are being measured.
    case largeObjects
}
