/// Every finding that lobscope can make, for the manual and for tools that filter by id.
public enum FindingRegistry {
    /// The ids with their meanings, in the order of ids.
    public static let entries: [Entry] = {
        let all =
            FindingID.allCases.map { Entry(id: $0.rawValue, meaning: $0.meaning) }
            + MappingViolation.Kind.allCases.map { Entry(id: $0.rawValue, meaning: $0.meaning) }
            + LintID.allCases.map { Entry(id: $0.rawValue, meaning: $0.meaning) }
            + TruncationID.allCases.map { Entry(id: $0.rawValue, meaning: $0.meaning) }
            + SlotID.allCases.map { Entry(id: $0.rawValue, meaning: $0.meaning) }
            + TargetID.allCases.map { Entry(id: $0.rawValue, meaning: $0.meaning) }
        return all.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }()

    /// A finding's id and what it says.
    public struct Entry: Hashable, Sendable {
        public let id: String
        /// One line.
        public let meaning: String
    }
}
