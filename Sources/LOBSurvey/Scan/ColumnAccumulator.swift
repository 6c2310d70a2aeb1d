import LOBProfile
import SizeStatistics

/// Collects the sizes of one column while its table is read.
///
/// It is stored only once its counters are folded.
struct ColumnAccumulator: Sendable, Codable {
    private(set) var distribution = SizeDistribution()
    private(set) var largest: [LocatedSize] = []
    /// Counts of the sizes that fit a ``PackedGroup``; folded into the distribution at the end.
    ///
    /// Empty until used.
    private var shortSizes: [UInt32] = []
    private var pendingShortSizes = 0

    /// The size above which a value from `place` on may enter ``largest``: the smallest kept once enough are, else "anything".
    ///
    /// Of equal sizes the first places are kept, whichever is read first.
    func threshold(from place: TIDRange.Place) -> Int32 {
        guard largest.count >= LocatedSize.kept, let last = largest.last else { return -1 }
        return Int32(clamping: last.size.bytes) - (last.isBefore(place) ? 0 : 1)
    }

    /// Counts one value, or a NULL.
    mutating func add(_ size: Int32?) {
        guard let size else { return distribution.addNulls(1) }
        distribution.add(ByteCount(Int64(size)), count: 1)
    }

    /// Counts values of one size, or NULLs.
    mutating func add(_ size: Int32?, count: Int) {
        guard let size else { return distribution.addNulls(count) }
        distribution.add(ByteCount(Int64(size)), count: count)
    }

    /// Counts NULLs.
    mutating func addNulls(_ count: Int) {
        distribution.addNulls(count)
    }

    /// Remembers where a value is if it is among the largest.
    mutating func locate(_ located: LocatedSize) {
        if largest.count >= LocatedSize.kept, let last = largest.last, !LocatedSize.precedes(located, last) {
            return
        }
        let index = largest.firstIndex { LocatedSize.precedes(located, $0) } ?? largest.endIndex
        largest.insert(located, at: index)
        if largest.count > LocatedSize.kept { largest.removeLast() }
    }

    /// Adds values of sizes from 0 on, as many of each as `counts` says, of `total` rows.
    mutating func addShortSizes(_ counts: ArraySlice<UInt32>, total: Int) {
        // A counter may not wrap: fold before two billion values have gone into one.
        if pendingShortSizes + total > Int(UInt32.max / 2) { fold() }
        if shortSizes.count < counts.count {
            shortSizes += repeatElement(0, count: counts.count - shortSizes.count)
        }
        for (index, count) in counts.enumerated() where count != 0 { shortSizes[index] += count }
        pendingShortSizes += total
    }

    /// Moves the short sizes into the distribution.
    mutating func fold() {
        guard !shortSizes.isEmpty else { return }
        distribution.add(lengths: shortSizes)
        shortSizes = []
        pendingShortSizes = 0
    }

    /// Adds what another accumulator of the same column has counted.
    mutating func merge(_ other: ColumnAccumulator) {
        var other = other
        other.fold()
        distribution.merge(other.distribution)
        for located in other.largest { locate(located) }
    }
}
