/// In which moments the rows of a table were read, and what follows for its figures.
public struct TableReading: Hashable, Sendable, Codable {
    public let certainty: Certainty
    /// The moment that the figures are of: that in which all rows were read; of ``Certainty/caughtUp`` that of the pass that
    /// read what had changed; of ``Certainty/severalMoments`` the first.
    public let moment: Moment
    /// Seconds for which the snapshots of the table were held, all together.
    public let heldSeconds: Double
    /// In how many snapshots it was read, a pass over what had changed included; 1 or more.
    public let snapshots: Int
    /// Row versions that were made since the first snapshot and read in addition; nil where no such pass was needed.
    public let changedVersions: Int?
    /// Host and port of the reader that read it; nil where the server of the survey itself did.
    public let reader: String?
    /// How its shards were read on the servers that hold them; nil where it has none, or was read as a whole.
    public let shards: Shards?

    /// The shards of a distributed table, each read on a server that holds it.
    public struct Shards: Hashable, Sendable, Codable {
        /// How many were read, each once.
        public let count: Int
        /// Host and port of each server that some of them were read from, in the order of the text.
        public let servers: [String]

        /// Creates an entry.
        public init(count: Int, servers: [String]) {
            self.count = count
            self.servers = servers
        }
    }

    /// What the reading proves.
    public enum Certainty: String, Sendable, Codable, CaseIterable {
        /// Every row was read as of one moment: figures are exact.
        case oneMoment = "one-moment"
        /// Rows were read in several moments, and in a last one every version that the first did not see: each row of the
        /// last moment was read, and others that were deleted or replaced meanwhile. Figures are "at most".
        case caughtUp = "caught-up"
        /// Rows were read in several moments, and what changed meanwhile was not read to the end in one of them, or the
        /// reading ended early: a row that moved may be missing, or counted twice. The largest size is "at least", the number
        /// of rows an estimate, or not known where the reading ended early; no limit and no risk follow.
        case severalMoments = "several-moments"
    }

    /// Creates a reading.
    public init(
        certainty: Certainty, moment: Moment, heldSeconds: Double, snapshots: Int = 1,
        changedVersions: Int? = nil, reader: String? = nil, shards: Shards? = nil
    ) {
        self.shards = shards
        self.reader = reader
        self.certainty = certainty
        self.moment = moment
        self.heldSeconds = heldSeconds
        self.snapshots = snapshots
        self.changedVersions = changedVersions
    }
}
