import LOBProfile
import SizeStatistics

/// Collects the first phase of a two-phase column: the stored size of every row, and which rows the second
/// phase will read in full.
///
/// Those are the ``largestRows`` with the largest stored size, and in each stratum of the stored size a random
/// sample of ``randomRows``: the rows whose hash of their place is smallest. Such a sample does not depend on
/// the order in which rows are seen, and can be drawn again from the same seed.
struct StoredAccumulator: Sendable, Codable {
    private(set) var strata = StoredSizeStrata()
    private(set) var nulls = 0
    private var largest: [Candidate] = []
    private var random: [Int: [Candidate]] = [:]
    private var shortSizes: [UInt32] = []
    private var pendingShortSizes = 0

    /// Rows with the largest stored sizes that are read in full (statistics 5b: the largest value was always
    /// among them).
    static let largestRows = 1000
    /// Rows of each stratum that are read at random.
    static let randomRows = 300
    /// Strata that a stored size can fall in: a value has under 2^30 bytes.
    static let strataCount = 16

    /// A row that the second phase may read.
    struct Candidate: Hashable, Sendable, Codable {
        let place: LocatedSize
        /// The hash of the place with the seed.
        let hash: Int64

        /// Larger stored sizes first, then by place.
        fileprivate static func isLarger(_ left: Candidate, _ right: Candidate) -> Bool {
            LocatedSize.precedes(left.place, right.place)
        }

        /// Smaller hashes first.
        fileprivate static func hashesLower(_ left: Candidate, _ right: Candidate) -> Bool {
            left.hash != right.hash ? left.hash < right.hash : isLarger(left, right)
        }
    }

    /// The stored size above which a row would be among the largest; -1 while any would.
    var threshold: Int32 {
        guard largest.count >= Self.largestRows, let last = largest.last else { return -1 }
        return Int32(clamping: last.place.size.bytes)
    }

    /// For each stratum, the hash below which a row would be in its sample.
    var hashLimits: [Int64] {
        (0..<Self.strataCount).map { stratum in
            guard let sample = random[stratum], sample.count >= Self.randomRows else { return .max }
            return sample.last?.hash ?? .max
        }
    }

    /// Counts a stored size.
    mutating func add(stored: Int32) {
        strata.add(stored: ByteCount(Int64(stored)))
    }

    /// Counts NULLs.
    mutating func addNulls(_ count: Int) {
        nulls += count
    }

    /// Counts stored sizes from 0 on, as many of each as `counts` says, of `total` rows.
    mutating func addShortSizes(_ counts: ArraySlice<UInt32>, total: Int) {
        if pendingShortSizes + total > Int(UInt32.max / 2) { fold() }
        if shortSizes.count < counts.count {
            shortSizes += repeatElement(0, count: counts.count - shortSizes.count)
        }
        for (index, count) in counts.enumerated() where count != 0 { shortSizes[index] += count }
        pendingShortSizes += total
    }

    /// Moves the short sizes into the strata.
    mutating func fold() {
        guard !shortSizes.isEmpty else { return }
        strata.add(storedLengths: shortSizes)
        shortSizes = []
        pendingShortSizes = 0
    }

    /// Looks at a row that came with its place: it may be one to read.
    mutating func consider(_ candidate: Candidate) {
        if candidate.place.size.bytes > Int64(threshold) {
            Self.insert(candidate, into: &largest, keeping: Self.largestRows, by: Candidate.isLarger)
        }
        let stratum = StoredSizeStrata.stratum(of: candidate.place.size)
        Self.insert(
            candidate, into: &random[stratum, default: []], keeping: Self.randomRows,
            by: Candidate.hashesLower)
    }

    private static func insert(
        _ candidate: Candidate, into kept: inout [Candidate], keeping limit: Int,
        by precedes: (Candidate, Candidate) -> Bool
    ) {
        if kept.count >= limit, let last = kept.last, !precedes(candidate, last) { return }
        var (low, high) = (0, kept.count)
        while low < high {
            let middle = low + (high - low) / 2
            if precedes(kept[middle], candidate) { low = middle + 1 } else { high = middle }
        }
        kept.insert(candidate, at: low)
        if kept.count > limit { kept.removeLast() }
    }

    /// The rows to read in full, in the order of their places, and which of them are random ones.
    var targets: (rows: [LocatedSize], random: Set<LocatedSize>) {
        let chosen = Set(largest.map(\.place))
        let others = Set(random.values.joined().map(\.place)).subtracting(chosen)
        let rows = chosen.union(others).sorted { ($0.block, $0.offset) < ($1.block, $1.offset) }
        return (rows, others)
    }

    /// Adds a row that was read in full.
    mutating func addMeasured(_ row: LocatedSize, size: ByteCount, isRandom: Bool) {
        if isRandom {
            strata.addRandom(stored: row.size, size: size)
        } else {
            strata.addLargest(stored: row.size, size: size)
        }
    }
}
