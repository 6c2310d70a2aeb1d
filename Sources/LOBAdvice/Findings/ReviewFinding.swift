/// What deployed limits do to measured sizes; the subject is the column or the table.
public enum LimitFinding: Hashable, Sendable {
    case tooSmall(TooSmall)
    case notProven(NotProven)
    /// A limit that may have been meant in bytes.
    case bytesForKilobytes(Kibibytes, needed: Kibibytes)
    /// Unlimited tables with a `bulk-max-size`: one of them, and how many more there are.
    case combined(table: String, others: Int)

    /// A limit that values pass.
    public struct TooSmall: Hashable, Sendable {
        public let limit: Kibibytes
        /// What decides the limit, as ``EffectiveLOBs`` names it.
        public let origin: String
        /// Larger values that were measured; nil where there are none.
        public let seen: LargerValues?
        /// A larger value that a log told of.
        public let logged: ByteCount?
        /// Whether a filter may keep its row back.
        public let isFiltered: Bool
        public let remedy: Remedy
    }

    /// Values that are larger than a limit.
    public struct LargerValues: Hashable, Sendable {
        public let count: ClosedRange<Int>
        /// Whether not all values were read.
        public let isLeast: Bool
        public let largest: ByteCount
        public let sizing: Sizing
    }

    /// What to do about a limit that values pass.
    public enum Remedy: Hashable, Sendable {
        case unlimited
        case limited(Kibibytes)
        case unlimitedOrLimited(atLeast: Kibibytes)
        /// The rule is the recommended one, and somebody accepted that it cuts.
        case copyLarger
        /// A cut value of the type is invalid, whatever was accepted.
        case acceptNoCut
        case shorten
    }

    /// A limit that holds everything seen where not everything was seen.
    public struct NotProven: Hashable, Sendable {
        public let limit: Kibibytes
        /// What decides the limit, as ``EffectiveLOBs`` names it.
        public let origin: String
        public let reason: Reason
        /// Whether rows to come were forecast.
        public let isForecast: Bool
        /// Why there is no limit; nil where there is one.
        public let refusal: LimitRefusal?

        /// What is known instead.
        public enum Reason: Hashable, Sendable {
            case smallSample, readTooLittle, notMeasured
            /// A bound, which need not be reached.
            case bounded(Kibibytes)
            case estimated(Kibibytes)
        }
    }
}

/// What rules do to the tables of a profile, and to columns; the subject is the rule, the table or the column.
public enum RuleFinding: Hashable, Sendable {
    /// A partitioned table, and the rule that matches none of its partitions.
    case ofRoot(rule: String)
    /// A rule names a partitioned table itself.
    case namesRoot
    case matchesNothing(NoMatch)
    /// A rule with `_`: another table that it matches, and how many more.
    case matchesMore(RelationName, others: Int)
    case selectedTwice(tasks: Int, areChanges: Bool)
    case notSelected
    case unknownTable
    /// What a rule does with a column.
    case column(OfColumn, rule: String)

    /// Why a rule matches no table.
    public enum NoMatch: Hashable, Sendable {
        case template
        /// A name that differs by case.
        case otherCase(RelationName)
        /// A name that was probably meant.
        case misspelt(RelationName)
        case unknown
    }

    /// What a rule does with a column that is a LOB, or is not there.
    public enum OfColumn: Hashable, Sendable {
        case filterByLOB
        case transformation(action: String)
        case parallelLoadByLOB
        case unknown(isParallelLoad: Bool)
    }
}

/// What stands against changes in batches, or no more; the subject is the task or the table.
public enum BatchFinding: Hashable, Sendable {
    /// They are on, and foreign keys of tables are checked: one table, and how many there are.
    case foreignKeys(RelationName, tables: Int)
    /// They are off for such tables alone.
    case offForForeignKeys(RelationName, tables: Int)
    case notOfTarget(TargetEngine)
    case unlimited, withoutKey
    case uniqueIndex
    /// Another unique index, and a target for which the guide wants batches.
    case uniqueIndexOf(TargetEngine)
}

/// What the switch `FailTasksOnLobTruncation` of a source endpoint does.
public enum EndpointFinding: Hashable, Sendable {
    /// How to see what it looks at, with the `LobMaxSize` of the task.
    case canary(Kibibytes)
    case stopsTask
    /// It is off, and so many tables must not be cut.
    case goesOn(tables: Int)
}

/// What the limits of a task take in memory.
public enum MemoryFinding: Hashable, Sendable {
    case load(Load)
    case change(Change)
    /// Buffers in MB, and what they would have to be for the largest limit.
    case buffer(Int, needed: Int, largest: Kibibytes)

    /// The limited tables of full loads.
    public struct Load: Hashable, Sendable {
        /// How many are loaded at the same time; the subject takes most.
        public let tables: Int
        public let planned: ByteCount
        public let byCommitRate: ByteCount
        public let byBulkArray: ByteCount
        public let commitRate: Int
        public let largestLimit: Kibibytes
        /// Memory of the replication instance; nil where an ordinary one is taken.
        public let instance: ByteCount?
        public let remedy: Remedy

        /// What to do about it.
        public enum Remedy: Hashable, Sendable {
            case fits
            /// Where another CommitRate is enough, that.
            case lessMemory(commitRate: Int?)
        }
    }

    /// A captured change.
    public struct Change: Hashable, Sendable {
        public let size: ByteCount
        public let lobColumns: Int
        public let limit: Kibibytes
        /// Whether the limit is `LobMaxSize` of the task, not that of a rule.
        public let isOfTask: Bool
        /// `MemoryLimitTotal` in MB.
        public let memoryLimit: Int
        /// How many changes it holds.
        public let count: Int64
    }
}

/// Settings of a task that contradict each other, or what they hide.
public enum SettingsFinding: Hashable, Sendable {
    case violation(SettingsViolation)
    case lobsLeftOut
    /// Both modes are on, or both are off.
    case bothModes(Bool)
    case inlineWithoutFullMode(Kibibytes)
    case lobMaxSizeOutOfRange(Kibibytes)
    case chunkSizeTooLarge(Kibibytes)
    /// `LobMaxSize` may have been meant in bytes.
    case bytesForKilobytes(Kibibytes, needed: Kibibytes)
    case loggingOff
    /// Components that log errors only.
    case logsErrorsOnly([String])
    /// Keys that AWS does not take.
    case logGroup([String])
    /// Validation compares more of a LOB than arrives.
    case partialValidation(compared: Kibibytes, smallest: Kibibytes)
    /// Validation finds rows by a key with LOB columns.
    case validationByLOBKey(Identifier, of: RelationName, columns: [Identifier])
}
