public import SizeStatistics

/// What was read of one column.
public struct ColumnMeasurement: Sendable, Codable, Equatable {
    public let method: MeasuringMethod
    /// True sizes of the rows that were measured, in bytes of the text form (bytes of the value for bytea).
    ///
    /// Of a complete scan and of a sample of blocks only so many of the largest are told apart that a snapshot
    /// stays small: see ``SizeDistribution/exactSizes``.
    public var distribution: SizeDistribution
    /// The largest values with their places, largest first; at most ``LocatedSize/kept``.
    ///
    /// Empty where the role may not read `ctid`.
    public var largest: [LocatedSize]
    /// The first of ``largest`` of a json or jsonb column, taken apart where that was asked for; nil where nobody did.
    public var largeDocuments: [LargeDocument]?
    /// For a complete scan whose histogram is sampled: the large sizes of every row.
    ///
    /// ``distribution`` counts the rows of the sample then.
    public var tail: ExactTail?
    /// Blocks of the table that a complete scan could not read: damaged, or not reached before it was stopped.
    public var unreadBlocks: Int
    /// Rows of the second phase whose true size could not be read.
    public var unreadRows: Int
    /// For two phases: the stored size of every row, with the true sizes of those that were read in full.
    public var strata: StoredSizeStrata?
    /// For two phases of json: whether any value is compressed by lz4; nil where that was not looked at.
    public var usesLZ4: Bool?
    /// For samples of whole blocks, a sampled histogram among them: what the blocks held.
    public var blocks: BlockSummary?
    /// Where growth was asked for, not for samples: the most recent rows by themselves, the largest window first.
    ///
    /// They are those of the last blocks, which they are where rows are only appended; after two phases those that were read,
    /// and what the others are expected to have.
    public var recentWindows: [RecentWindow]?
    /// The only window of versions that looked at one.
    private var recent: SizeDistribution?
    /// How values are stored; nil where nobody looked.
    public var stored: StoredForm?
    /// Where no row was read, or only those of some blocks for the histogram: how large any value can be at most; nil otherwise.
    public var bound: SizeBound?

    /// Creates a measurement.
    public init(
        method: MeasuringMethod, distribution: SizeDistribution, largest: [LocatedSize],
        unreadBlocks: Int = 0,
        unreadRows: Int = 0, strata: StoredSizeStrata? = nil, blocks: BlockSummary? = nil,
        recentWindows: [RecentWindow]? = nil,
        tail: ExactTail? = nil, usesLZ4: Bool? = nil
    ) {
        self.method = method
        self.distribution = Self.condensed(distribution, method, blocks)
        self.largest = largest
        self.unreadBlocks = unreadBlocks
        self.unreadRows = unreadRows
        self.strata = strata
        self.usesLZ4 = usesLZ4
        self.blocks = blocks
        self.recentWindows = recentWindows
        self.tail = tail.map { ExactTail(floor: $0.floor, sizes: $0.sizes.condensed) }
    }

    /// Creates a measurement that bounds all sizes.
    ///
    /// - Parameter sample: the sizes of some blocks, for the histogram; nil where none were read.
    public init(bound: SizeBound, beside sample: ColumnMeasurement? = nil) {
        self.init(
            method: .bound, distribution: sample?.distribution ?? SizeDistribution(),
            largest: sample?.largest ?? [], blocks: sample?.blocks)
        self.bound = bound
    }

    private static func condensed(
        _ distribution: SizeDistribution, _ method: MeasuringMethod, _ blocks: BlockSummary?
    ) -> SizeDistribution {
        if method == .full { return distribution.condensed }
        return blocks.map { distribution.condensed(beside: $0) } ?? distribution
    }

    /// The largest size that was seen in any row; nil where no value was.
    public var largestSize: ByteCount? {
        [distribution.largest, tail?.sizes.largest, largest.first?.size].compactMap { $0 }.max()
    }

    /// The size above which the sizes of every row are counted: 0 where all are; nil where none are.
    package var countedFrom: ByteCount? {
        guard method == .full, unreadBlocks + unreadRows == 0 else { return nil }
        return tail?.floor ?? ByteCount(0)
    }

    /// What was seen in each window; empty where the most recent rows were not looked at by themselves.
    package func recentUnits(valuesPerRow: Double) -> [SampledUnits] {
        (recentWindows ?? recent.map { [RecentWindow($0)] } ?? []).map {
            $0.units(valuesPerRow: valuesPerRow)
        }
    }

    /// The number of values larger than a size, of every row where the tail reaches down to it, else of those measured.
    public func countAbove(_ size: ByteCount) -> ClosedRange<Int> {
        guard let tail, size >= tail.floor else { return distribution.countAbove(size) }
        return tail.sizes.countAbove(size)
    }

    /// The sizes of all rows as far as they are known: what was read, and after two phases what the rows
    /// not read are expected to have.
    ///
    /// For quantiles and shares, not for maxima.
    public var representative: SizeDistribution {
        guard let strata else { return distribution }
        var sizes = distribution
        sizes.merge(strata.expectedUnreadSizes())
        return sizes
    }
}
