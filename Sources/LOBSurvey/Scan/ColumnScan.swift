import LOBProfile
import SizeStatistics

/// One column of a complete scan: what was counted of it, what could not be read.
struct ColumnScan: Sendable, Codable {
    /// `pg_attribute.attnum`.
    let number: Int16
    /// The sizes; of the first of two phases the stored ones, with the rows that the second phase reads.
    var sizes: PackedAccumulator
    /// The same of the last blocks of the table; nil where they are not counted by themselves.
    var recent: PackedAccumulator?
    /// The second of two phases; nil until it begins.
    private(set) var second: SecondPhase?
    /// Blocks with a value that could not be read.
    var unreadBlocks: Set<Int> = []
    /// What could not be read of this column alone.
    var failures: [Unmeasured] = []

    /// The rows that were read in full.
    struct SecondPhase: Sendable, Codable {
        /// The stored sizes of all rows, with the true ones of those that were read.
        var strata: StoredSizeStrata
        var measured = ColumnAccumulator()
        /// The same rows as far as they are in the last blocks.
        var recent: (strata: StoredSizeStrata, measured: ColumnAccumulator)? {
            get { recentStrata.map { ($0, recentMeasured) } }
            set {
                (recentStrata, recentMeasured) = (newValue?.strata, newValue?.measured ?? ColumnAccumulator())
            }
        }
        /// Rows that could not be read: nothing bounds their sizes.
        var unreadRows = 0
        private var recentStrata: StoredSizeStrata?
        private var recentMeasured = ColumnAccumulator()

        init(_ strata: StoredSizeStrata, recent: StoredSizeStrata?) {
            self.strata = strata
            recentStrata = recent
        }
    }

    /// Begins to count a column.
    init(_ column: Column, isStored: Bool, countsRecent: Bool) {
        number = column.number
        sizes = isStored ? .stored(StoredAccumulator()) : .complete(ColumnAccumulator())
        recent = countsRecent ? sizes : nil
    }

    /// Counts large sizes only, beside a sample of all.
    mutating func countTail(beside sampled: SizeDistribution) {
        sizes = .tail(TailAccumulator(sampled: sampled))
    }

    /// Moves counters into distributions.
    mutating func fold() {
        sizes.fold()
        recent?.fold()
    }

    /// Begins the second of two phases, or begins it anew; returns the rows to read, in the order of their places, and which
    /// of them are random ones; nil where the column has no second phase.
    mutating func beginSecondPhase() -> (rows: [LocatedSize], random: Set<LocatedSize>)? {
        fold()
        guard case .stored(let stored) = sizes else { return nil }
        var recentStrata: StoredSizeStrata?
        if case .stored(let recent)? = recent { recentStrata = recent.strata }
        second = SecondPhase(stored.strata, recent: recentStrata)
        return stored.targets
    }

    /// Counts a row of the second phase.
    ///
    /// - Parameter isRecent: whether it is in the last blocks of the table.
    mutating func addMeasured(_ row: LocatedSize, size: Int32, isRandom: Bool, isRecent: Bool) {
        guard var phase = second else { return }
        second = nil
        let bytes = ByteCount(Int64(size))
        if isRandom {
            phase.strata.addRandom(stored: row.size, size: bytes)
        } else {
            phase.strata.addLargest(stored: row.size, size: bytes)
        }
        phase.measured.add(size)
        phase.measured.locate(LocatedSize(size: bytes, block: row.block, offset: row.offset))
        if isRecent, var recent = phase.recent {
            recent.strata.addLargest(stored: row.size, size: bytes)
            recent.measured.add(size)
            phase.recent = recent
        }
        second = phase
    }

    /// Notes that a row of the second phase could not be read.
    mutating func skipRow(_ failure: Unmeasured) {
        second?.unreadRows += 1
        failures.append(failure)
    }

    /// What was found.
    ///
    /// - Parameters:
    ///   - unreached: blocks that nobody came to.
    ///   - sample: the sample beside a count of large sizes.
    ///   - usesLZ4: as in the measurement.
    /// - Returns: nil where only stored sizes are known.
    func measurement(
        unreached: Int, beside sample: ColumnMeasurement?, usesLZ4: Bool?
    ) -> ColumnMeasurement? {
        let unread = unreadBlocks.count + unreached
        switch sizes {
        case .complete(let complete):
            return ColumnMeasurement(
                method: .full, distribution: complete.distribution, largest: complete.largest,
                unreadBlocks: unread, recent: recentSizes)
        case .tail(let tail):
            return ColumnMeasurement(
                method: .full, distribution: sample?.distribution ?? SizeDistribution(),
                largest: tail.column.largest, unreadBlocks: unread + (sample?.unreadBlocks ?? 0),
                blocks: sample?.blocks, tail: tail.tail)
        case .stored(let stored):
            guard let second else { return nil }
            var measured = second.measured
            measured.addNulls(stored.nulls)
            return ColumnMeasurement(
                method: .twoPhase, distribution: measured.distribution, largest: measured.largest,
                unreadBlocks: unread, unreadRows: second.unreadRows, strata: second.strata,
                recent: recentSizes, usesLZ4: usesLZ4)
        }
    }

    /// The sizes in the last blocks; of rows of which only the stored size was read as they are expected to be.
    private var recentSizes: SizeDistribution? {
        switch recent {
        case .complete(let recent)?: return recent.distribution
        case .stored(let recent)?:
            guard let second, let read = second.recent else { return nil }
            var sizes = read.measured.distribution
            sizes.merge(second.strata.expectedUnreadSizes(of: read.strata))
            sizes.addNulls(recent.nulls)
            return sizes
        case .tail?, nil: return nil
        }
    }
}
