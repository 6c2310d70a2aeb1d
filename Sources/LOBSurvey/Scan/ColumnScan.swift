import LOBProfile
import SizeStatistics

/// One column of a complete scan: what was counted of it, what could not be read.
struct ColumnScan: Sendable, Codable {
    /// `pg_attribute.attnum`.
    let number: Int16
    /// The sizes; of the first of two phases the stored ones, with the rows that the second phase reads.
    var sizes: PackedAccumulator
    /// The same of the last blocks of the table, part by part; empty where they are not counted by themselves.
    var recent: [PackedAccumulator]
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
        /// The same rows as far as they are in the last blocks, part by part.
        private(set) var recent: [Part]
        /// Rows that could not be read: nothing bounds their sizes.
        var unreadRows = 0

        /// A part of the last blocks.
        struct Part: Sendable, Codable {
            var strata: StoredSizeStrata
            var measured = ColumnAccumulator()
        }

        init(_ strata: StoredSizeStrata, recent: [StoredSizeStrata]) {
            self.strata = strata
            self.recent = recent.map { Part(strata: $0) }
        }

        mutating func addRecent(_ row: StoredRow, size: Int32, part: Int) {
            guard part < recent.count else { return }
            recent[part].strata.add(row, size: ByteCount(Int64(size)), isRandom: false)
            recent[part].measured.add(size)
        }
    }

    /// Begins to count a column.
    ///
    /// - Parameter recentParts: into how many parts the last blocks of the table are divided.
    init(_ column: Column, isStored: Bool, recentParts: Int) {
        number = column.number
        sizes = isStored ? .stored(StoredAccumulator()) : .complete(ColumnAccumulator())
        recent = Array(repeating: sizes, count: recentParts)
    }

    /// Counts large sizes only, beside a sample of all.
    mutating func countTail(beside sampled: SizeDistribution) {
        sizes = .tail(TailAccumulator(sampled: sampled))
    }

    /// Moves counters into distributions.
    mutating func fold() {
        sizes.fold()
        for part in recent.indices { recent[part].fold() }
    }

    /// Begins the second of two phases, or begins it anew; returns the rows to read, in the order of their places, and which
    /// of them are random ones; nil where the column has no second phase.
    mutating func beginSecondPhase() -> (rows: [StoredRow], random: Set<StoredRow>)? {
        fold()
        guard case .stored(let stored) = sizes else { return nil }
        let parts = recent.compactMap { part in
            if case .stored(let part) = part { part.strata } else { nil }
        }
        second = SecondPhase(stored.strata, recent: parts)
        return stored.targets
    }

    /// Counts a row of the second phase.
    ///
    /// - Parameter recentPart: the part of the last blocks of the table that it is in; nil for none.
    mutating func addMeasured(_ row: StoredRow, size: Int32, isRandom: Bool, recentPart: Int?) {
        guard var phase = second else { return }
        second = nil
        let bytes = ByteCount(Int64(size))
        phase.strata.add(row, size: bytes, isRandom: isRandom)
        phase.measured.add(size)
        phase.measured.locate(LocatedSize(size: bytes, block: row.place.block, offset: row.place.offset))
        if let recentPart { phase.addRecent(row, size: size, part: recentPart) }
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
                unreadBlocks: unread, recentWindows: recentWindows)
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
                recentWindows: recentWindows, usesLZ4: usesLZ4)
        }
    }

    /// The most recent rows, from each part on; nil where they were not counted by themselves.
    private var recentWindows: [RecentWindow]? {
        guard !recent.isEmpty else { return nil }
        var (sizes, windows) = (SizeDistribution(), [RecentWindow]())
        for part in recent.indices.reversed() {
            guard let more = recentSizes(part) else { return nil }
            sizes.merge(more)
            windows.append(RecentWindow(sizes))
        }
        return windows.reversed()
    }

    /// The sizes in a part of the last blocks; of rows of which only the stored size was read as they are expected to be.
    private func recentSizes(_ part: Int) -> SizeDistribution? {
        switch recent[part] {
        case .complete(let complete): return complete.distribution
        case .stored(let stored):
            guard let second, part < second.recent.count else { return nil }
            let read = second.recent[part]
            var sizes = read.measured.distribution
            sizes.merge(second.strata.expectedUnreadSizes(of: read.strata))
            sizes.addNulls(stored.nulls)
            return sizes
        case .tail: return nil
        }
    }
}
