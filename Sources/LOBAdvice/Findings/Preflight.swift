/// What stands in the way of a migration, read from the catalog and the measured sizes.
public enum Preflight {
    /// A relation with what was decided and measured about it.
    public struct Subject: Sendable {
        public let relation: Relation
        public let mode: LOBMode
        /// The limit of a limited table; nil where there is none or it is not decided.
        public let limit: Kibibytes?
        /// The largest sizes observed, by attribute number; columns that were not measured are absent.
        public let largest: [Int16: ByteCount]
        /// Columns that were to be measured and were not, by attribute number: nothing is known of their sizes.
        public let unmeasured: Set<Int16>

        /// See ``ServerFacts/utf8BytesPerByte``.
        public let utf8BytesPerByte: Int64
        /// Whether its task applies changes in batches.
        public let isBatchApplyEnabled: Bool
        /// Its task's source endpoint; nil where that is not known.
        public let endpoint: DeployedEndpoint?

        /// Creates a subject.
        public init(
            relation: Relation, mode: LOBMode, limit: Kibibytes? = nil, largest: [Int16: ByteCount] = [:],
            unmeasured: Set<Int16> = [], utf8BytesPerByte: Int64 = 1, isBatchApplyEnabled: Bool = false,
            endpoint: DeployedEndpoint? = nil
        ) {
            self.endpoint = endpoint
            self.isBatchApplyEnabled = isBatchApplyEnabled
            self.unmeasured = unmeasured
            self.utf8BytesPerByte = utf8BytesPerByte
            self.relation = relation
            self.mode = mode
            self.limit = limit
            self.largest = largest
        }
    }

    /// Everything about one relation.
    public static func findings(for subject: Subject, policy: Policy) -> [Finding] {
        guard subject.relation.kind.isMigratable else { return notMigrated(subject.relation) }
        return KeyPreflight(subject: subject, policy: policy).findings
            + ColumnPreflight(subject: subject, policy: policy).findings
            + SizePreflight(subject: subject, policy: policy).findings
    }

    /// Everything about one relation without measured sizes.
    public static func findings(for relation: Relation, mode: LOBMode, policy: Policy) -> [Finding] {
        findings(for: Subject(relation: relation, mode: mode), policy: policy)
    }

    /// Everything about several relations.
    static func findings(for subjects: [Subject], policy: Policy) -> [Finding] {
        subjects.flatMap { findings(for: $0, policy: policy) }
    }

    /// Errors first, then by id and subject; those with the same in the order in which they were found.
    static func sorted(_ findings: [Finding]) -> [Finding] {
        // Each key once: there may be a finding for every column.
        let keys = findings.map { [Array($0.id.utf8), Array($0.subject.utf8)] }
        let severities = findings.map(\.severity)
        let order = findings.indices.sorted { left, right in
            if severities[left] != severities[right] { return severities[left] > severities[right] }
            if keys[left] == keys[right] { return left < right }
            return keys[left].lexicographicallyPrecedes(keys[right]) { $0.lexicographicallyPrecedes($1) }
        }
        return order.map { findings[$0] }
    }

    /// Each finding once, where it was found first.
    static func unique(_ findings: [Finding]) -> [Finding] {
        var seen: Set<Finding> = []
        return findings.filter { seen.insert($0).inserted }
    }

    private static func notMigrated(_ relation: Relation) -> [Finding] {
        let name = relation.name.losslessText
        return relation.kind == .materializedView
            ? [FindingID.materializedView.finding(.info, name, .table(.materializedView), .source)]
            : [FindingID.foreignTable.finding(.info, name, .table(.foreign), .source)]
    }
}
