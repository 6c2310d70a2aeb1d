public import DMS

/// What logs and control tables of DMS tell of cut values and refused changes; the subject is the column, the table, the source of
/// a batch, or the log.
public enum TruncationFinding: Hashable, Sendable {
    case seen(Seen)
    /// Cut values whose length the log does not tell.
    case lengthUnknown(values: Int, cutAt: ByteCount)
    case cutByEndpoint(CutByEndpoint)
    /// A column that the profile does not have, or one of several.
    case unmatched(values: Int, cutAt: ByteCount, fits: [RelationName])
    /// So many more such columns.
    case unlistedColumns(Int)
    /// So many more tables with failures that the profile does not have.
    case unlistedTables(Int)
    case failed(TruncationSummary.TableFailure, entries: Int, Table)
    /// The same, and the log does not tell of which table.
    case failedSomewhere(TruncationSummary.TableFailure, entries: Int)
    case batchesFailed(Int)
    /// Logs that could not be read, of all of them.
    case notRead(logs: Int, of: Int, names: [String])
    /// Logs in which nothing looks like DMS, of all of them, and the lines of all.
    case withoutEntries(logs: Int, of: Int, names: [String], lines: Int)
    case notUnderstood(lines: Int, overlong: Int)
    /// Changes that the target refused.
    case refused(ApplyException.Reason, changes: Int, RefusedValue, Table)
    case differs(Differing, Table)

    /// Values of a LOB column that were cut.
    public struct Seen: Hashable, Sendable {
        public let values: Int
        /// What was kept of each.
        public let cutAt: ByteCount
        /// Of the largest; nil where the log tells no length.
        public let length: ByteCount?
        /// What deployed files say of it.
        public let deployed: DeployedLimit
        /// What else is to do.
        public let remedy: Remedy

        /// What the profile says that is to do.
        public enum Remedy: Hashable, Sendable {
            case measure, deployUnlimited
            case deploy(Kibibytes)
            /// The limit of the profile holds less than what is needed.
            case tooSmall(Kibibytes, needed: Kibibytes)
        }
    }

    /// Values of a varchar without a length, which is no LOB: no rule cuts it, and no rule holds it.
    public struct CutByEndpoint: Hashable, Sendable {
        public let values: Int
        /// What was kept of each.
        public let cutAt: ByteCount
        /// Of the largest; nil where the log tells no length.
        public let length: ByteCount?
        /// The setting of the endpoint that holds them; nil where none does.
        public let setting: ByteCount?
        public let table: RelationName
        public let column: Identifier
    }

    /// The table of a finding.
    public struct Table: Hashable, Sendable {
        /// Its name on the target, where that is another.
        public let target: RelationName?
        /// Whether the profile has it.
        public let isKnown: Bool
    }

    /// What a refused change says of values.
    public enum RefusedValue: Hashable, Sendable {
        /// Nothing.
        case notKnown
        /// One is malformed.
        case malformed
        /// One is malformed that can have been cut.
        case malformedLOB
    }

    /// Rows that data validation complains of.
    public struct Differing: Hashable, Sendable {
        /// nil for a kind that the DMS user guide does not name.
        public let kind: ValidationFailure.Kind?
        public let rows: Int
        /// Of those, the ones that data resync has repaired.
        public let repaired: Int
        /// The smallest limit of the table; nil where none is known.
        public let limit: Kibibytes?
    }
}
