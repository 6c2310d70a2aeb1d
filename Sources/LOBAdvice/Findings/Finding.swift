/// Something that the reader of a report must know, with what to do about it.
public struct Finding: Hashable, Sendable {
    /// A stable name, such as `lob-without-key`.
    public let id: String
    public let severity: Severity
    /// What it is about, for people: `schema.table`, `schema.table.column`, or a part of the task.
    public let subject: String
    /// What was seen and what to do, in names and numbers: `LOBReports` says it in words.
    public let detail: Detail
    /// Where the rule comes from, such as the page of the DMS user guide; nil where it is our own.
    public let page: GuidePage?
    /// SQL that does what its remedy says, for fix-source.sql or fix-target.sql; nil where no statement alone mends it.
    public let fix: Fix?
    /// The entry of the policy file that accepts it; nil where none in force does.
    ///
    /// An accepted finding is shown, and counts neither in a verdict nor for an exit status.
    public private(set) var acceptance: AcceptedFinding?

    /// SQL that mends what a finding says, to be run on one side.
    public struct Fix: Hashable, Sendable {
        /// Where it is run.
        public let side: Side
        /// Statements with their semicolons, in their order.
        public let statements: [String]
        /// What to know before, such as a lock that it takes; nil where nothing is.
        public let warning: Warning?

        /// The database that is migrated, or the one that it is migrated to.
        public enum Side: String, Sendable, Codable, CaseIterable {
            case source, target
        }

        /// What is to be known before statements are run.
        public enum Warning: Hashable, Sendable {
            /// The table is written anew under a lock.
            case writesTable
            /// It is written anew for a key with a sequence.
            case writesTableForKey
            /// It is written anew for a column with a length, which longer values do not fit.
            case writesTableForLength
            /// What was dropped is to be set again.
            case restoreNotNull
        }

        /// Creates a fix; nil where a name is no UTF-8, which SQL text cannot spell.
        init?(_ side: Side, naming names: [Identifier], _ statements: [String], warning: Warning? = nil) {
            guard names.allSatisfy({ $0.text != nil }) else { return nil }
            self.side = side
            self.statements = statements
            self.warning = warning
        }
    }

    /// How much it matters, least first.
    public enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
        case info, warning, error

        /// Orders by how much it matters.
        public static func < (left: Severity, right: Severity) -> Bool {
            left.rank < right.rank
        }

        private var rank: Int {
            switch self {
            case .info: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// Creates a finding.
    public init(
        id: String, severity: Severity, subject: String, detail: Detail, page: GuidePage? = nil,
        fix: Fix? = nil
    ) {
        self.fix = fix
        self.id = id
        self.severity = severity
        self.subject = subject
        self.detail = detail
        self.page = page
    }

    /// The same finding with the entry that accepts it.
    func accepted(by acceptance: AcceptedFinding?) -> Finding {
        var finding = self
        finding.acceptance = acceptance
        return finding
    }
}

extension [Finding] {
    /// The gravest severity of those that nobody accepted; nil where there is none.
    public var worstSeverity: Finding.Severity? {
        filter { $0.acceptance == nil }.map(\.severity).max()
    }
}
