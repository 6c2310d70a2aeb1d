/// What deployed files say of a value that was cut: which limit it was, and what the rule must become.
public enum DeployedLimit: Hashable, Sendable {
    /// No files were given.
    case notGiven
    /// No task of the files migrates the table.
    case noTask
    /// They migrate no LOBs.
    case leftOut
    /// They make the table unlimited, which was not in force then.
    case unlimited(Place)
    /// Which limit they have is not known.
    case unknown(Place)
    /// They have the limit that cut.
    case cut(Kibibytes, Place, Change)
    /// They have another one, which was not in force then; without a change where it holds the value.
    case changed(Kibibytes, Place, Change?)

    /// Where a limit stands.
    public struct Place: Hashable, Sendable {
        /// The rule, or the settings, as ``EffectiveLOBs`` names them.
        public let name: String
        /// The task; nil where it has no name.
        public let task: String?
        /// Whether it is a rule of the table.
        public let isOwnRule: Bool
    }

    /// What a limit must become.
    public struct Change: Hashable, Sendable {
        public let needed: Kibibytes
        /// The next rung of the ladder that holds the value; nil where no limit does.
        public let rung: Kibibytes?
    }
}
