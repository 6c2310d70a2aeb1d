public import SizeStatistics

/// What an estimate rests on: what was read of a column, what is sure and what is assumed.
public enum EstimateReason: Sendable, Hashable {
    /// Nothing was read of it.
    case notMeasured
    /// Every row was read.
    case complete(Complete)
    /// What was read is no whole.
    case incomplete(Incomplete)
    /// The stored size of every row was read, and the true size of some.
    case twoPhase(TwoPhase)
    case sample(Sample)
    /// No row was read.
    case bound(Bound)
    case forecast(Forecast)
    /// A log told of a larger value.
    case logged(LoggedSize)

    /// By what is cheap to hash; the rest is compared.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .notMeasured: hasher.combine(0)
        case .complete(let reading): hasher.combine(reading.rows)
        case .incomplete(let reading): hasher.combine(reading.rows)
        case .twoPhase(let reading): hasher.combine(reading.rows)
        case .sample(let sample): hasher.combine(sample.limit)
        case .bound(let bound): hasher.combine(bound.size)
        case .forecast: hasher.combine(1)
        case .logged(let logged): hasher.combine(logged)
        }
    }

    /// Surer ways to measure a column.
    ///
    /// What they would cost says nothing of its sizes, so any are as good as others where estimates are compared.
    public struct Surer: Sendable, Equatable {
        public let routes: [TablePlan.SurerRoute]

        public static func == (_: Surer, _: Surer) -> Bool { true }
    }

    /// A reading of every row.
    public struct Complete: Sendable, Equatable {
        public let rows: Int
        public let nulls: Int
        /// nil where there is no value.
        public let largest: ByteCount?
        /// Whether sizes were compared only, and ``rows`` and ``nulls`` are of random blocks.
        public let isTail: Bool
        public let moment: Moment

        /// When the rows were read.
        public enum Moment: Sendable, Equatable {
            case one
            /// So many, with what had changed read again in the last.
            case caughtUp(snapshots: Int)
            case notRecorded
        }
    }

    /// A reading that rows are missing from.
    public struct Incomplete: Sendable, Equatable {
        /// Rows that were read.
        public let rows: Int
        /// The largest of them; nil where none has a value.
        public let largest: ByteCount?
        public let obstacle: Obstacle

        /// Why others are missing.
        public enum Obstacle: Sendable, Equatable {
            /// Rows may have moved between several moments.
            case severalMoments
            /// Each shard was read as of a moment of its own.
            case severalShards
            case unreadBlocks(Int)
            case unreadRows(Int)
        }
    }

    /// A measurement in two phases.
    public struct TwoPhase: Sendable, Equatable {
        public let estimate: TwoPhaseEstimate
        /// Rows with a value.
        public let rows: Int
        public let nulls: Int
        /// The accepted risk, 0 to 1.
        public let risk: Double
        /// nil where nothing bounds the rows that were not read.
        public let limit: ByteCount?
        /// Surer ways to measure the column.
        public let surer: Surer

        /// The estimate follows from what else is compared of a column.
        public static func == (left: TwoPhase, right: TwoPhase) -> Bool {
            left.rows == right.rows && left.nulls == right.nulls && left.risk == right.risk
                && left.limit == right.limit && left.estimate.largest == right.estimate.largest
                && left.estimate.unmeasuredRows == right.estimate.unmeasuredRows
        }
    }

    /// A sample of rows or blocks.
    public struct Sample: Sendable, Equatable {
        /// The largest value seen; nil where there is none.
        public let largest: ByteCount?
        /// What was drawn.
        public let units: SampledUnits
        /// The same with what is still to come.
        public let tail: AnchoredTail
        /// The accepted risk, 0 to 1.
        public let risk: Double
        /// The limit; nil for a sample that says too little.
        public let limit: ByteCount?
        /// How many rows are expected; nil where none are.
        public let expected: Int?
        /// Surer ways to measure the column.
        public let surer: Surer
    }

    /// A bound without a row read.
    public struct Bound: Sendable, Equatable {
        public let bound: SizeBound
        /// What was read beside it, for the histogram; nil where nothing was.
        public let sample: SizeDistribution?
        /// What no value of the column exceeds.
        public let size: ByteCount
        /// The most characters that the type of the column holds; nil where that does not bound it.
        public let characters: Int?
        /// The role that measured; nil where that is not known.
        public let role: Identifier?
        public let use: Use
        /// Surer ways to measure the column.
        public let surer: Surer

        /// Whether it gives a limit.
        public enum Use: Sendable, Equatable {
            case limit
            /// It was made in several moments.
            case severalMoments
            /// So many rows are still to come, of which it says nothing.
            case rowsToCome(Int)
        }
    }

    /// What is said of rows to come.
    public enum Forecast: Sendable, Equatable {
        /// Nobody said how many arrive.
        case notAsked
        /// A rate was asked for and is not known.
        case rateNotKnown
        /// In this table nothing arrives.
        case nothingArrives
        /// The sample holds them among what was not read.
        case inSample
        /// No value, present or new, is larger, with an accepted risk.
        case limit(ByteCount, risk: Double, ColumnGrowth)
        /// Too little is known of the present ones.
        case refused(ColumnGrowth.Refusal, ColumnGrowth)
    }
}
