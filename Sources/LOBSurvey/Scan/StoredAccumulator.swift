import LOBProfile
import SizeStatistics

/// Collects the first phase of a two-phase column: the stored size of every row, whether it is compressed, and which rows the
/// second phase will read in full.
///
/// Those are the ``largestRows`` with the largest stored size, and in each stratum a random sample, see ``HashSample``: of plain
/// values, whose text is hardly larger than what is stored, few; of compressed ones as many as are read in a moment, and so all
/// of them where they are few. A class that compresses far better than others is only among those.
struct StoredAccumulator: Sendable, Codable {
    private(set) var strata = StoredSizeStrata()
    private(set) var nulls = 0
    private var largest: [StoredRow] = []
    /// By ``place(of:)``.
    private var random: [HashSample] = (0..<Self.strataCount).map { HashSample(limit: rowLimit(at: $0)) }
    private var shortCodes: [UInt32] = []
    private var pendingShortCodes = 0

    /// Rows with the largest stored sizes, which are read in full: the largest value is mostly among them.
    static let largestRows = 1000
    /// Rows of each stratum that are read at random, at least.
    static let randomRows = 300
    /// Compressed rows of each stratum that are read at random, at most.
    static let compressedRows = 10_000
    /// Stored bytes of them, which take some half a second to decompress and print.
    private static let compressedBytes = 1 << 26
    /// Powers of 4 that a stored size can fall in: a value has under 2^30 bytes.
    private static let powers = 16
    /// Strata: of plain values, and then of compressed ones.
    static let strataCount = 2 * powers

    private static func rowLimit(at place: Int) -> Int {
        guard place >= powers else { return randomRows }
        // Stored sizes are between 4^n and 4^(n + 1).
        return max(randomRows, min(compressedRows, compressedBytes >> (2 * (place - powers) + 1)))
    }

    private static func place(of row: StoredRow) -> Int {
        StoredSizeStrata.stratum(of: row.place.size) + (row.isCompressed ? powers : 0)
    }

    /// The code above which a row from `place` on may be among the largest; -1 while any would.
    ///
    /// Of equal sizes the first places are kept, whichever is read first.
    func threshold(from place: TIDRange.Place) -> Int32 {
        guard largest.count >= Self.largestRows, let last = largest.last?.place else { return -1 }
        let least = last.size.bytes + (last.isBefore(place) ? 1 : 0)
        return Int32(clamping: StoredCode.least(of: least) - 1)
    }

    /// For each stratum, the hash below which a row would be in its sample.
    var hashLimits: [Int64] { random.map(\.bound) }

    /// Counts the value of a code.
    mutating func add(code: Int32) {
        strata.add(code: Int64(code))
    }

    /// Counts NULLs.
    mutating func addNulls(_ count: Int) {
        nulls += count
    }

    /// Counts codes from 0 on, as many of each as `counts` says, of `total` rows.
    mutating func addShortCodes(_ counts: ArraySlice<UInt32>, total: Int) {
        if pendingShortCodes + total > Int(UInt32.max / 2) { fold() }
        if shortCodes.count < counts.count {
            shortCodes += repeatElement(0, count: counts.count - shortCodes.count)
        }
        for (index, count) in counts.enumerated() where count != 0 { shortCodes[index] += count }
        pendingShortCodes += total
    }

    /// Moves the short codes into the strata.
    mutating func fold() {
        for code in shortCodes.indices where shortCodes[code] > 0 {
            strata.add(code: Int64(code), count: Int(shortCodes[code]))
        }
        shortCodes = []
        pendingShortCodes = 0
    }

    /// Looks at a row that came with its place: it may be one to read.
    mutating func consider(_ row: StoredRow, hash: Int64) {
        insertIntoLargest(row)
        random[Self.place(of: row)].consider(row, hash: hash)
    }

    private mutating func insertIntoLargest(_ row: StoredRow) {
        if largest.count >= Self.largestRows, let last = largest.last,
            !LocatedSize.precedes(row.place, last.place)
        {
            return
        }
        var (low, high) = (0, largest.count)
        while low < high {
            let middle = low + (high - low) / 2
            if LocatedSize.precedes(largest[middle].place, row.place) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        largest.insert(row, at: low)
        if largest.count > Self.largestRows { largest.removeLast() }
    }

    /// The rows to read in full, in the order of their places, and which of them are random ones.
    var targets: (rows: [StoredRow], random: Set<StoredRow>) {
        let chosen = Set(largest)
        let others = Set(random.flatMap(\.rows)).subtracting(chosen)
        let rows = chosen.union(others).sorted {
            ($0.place.block, $0.place.offset) < ($1.place.block, $1.place.offset)
        }
        return (rows, others)
    }
}

/// A random sample of rows: those whose hash of their place and the seed is smallest.
///
/// It does not depend on the order in which rows are seen, and can be drawn again from the same seed.
struct HashSample: Sendable, Codable {
    /// Rows that are kept.
    private let limit: Int
    /// Up to twice as many, so that they are put in order now and then only.
    private var candidates: [Candidate] = []
    /// A row with a larger hash is not in the sample.
    private(set) var bound = Int64.max

    private struct Candidate: Sendable, Codable {
        let row: StoredRow
        let hash: Int64
    }

    init(limit: Int) {
        self.limit = limit
    }

    mutating func consider(_ row: StoredRow, hash: Int64) {
        guard hash <= bound else { return }
        candidates.append(Candidate(row: row, hash: hash))
        guard candidates.count >= 2 * limit else { return }
        candidates = lowest
        bound = candidates.last?.hash ?? .max
    }

    private var lowest: [Candidate] {
        let ordered = candidates.sorted { left, right in
            left.hash != right.hash
                ? left.hash < right.hash : LocatedSize.precedes(left.row.place, right.row.place)
        }
        return Array(ordered.prefix(limit))
    }

    /// The rows of the sample.
    var rows: [StoredRow] { lowest.map(\.row) }
}
