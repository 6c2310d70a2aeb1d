/// The largest distinct sizes with exact counts: whose largest anchors the tail, and exact counts above a limit.
///
/// The content is a function of the values alone, in whatever order and grouping they came.
public struct LargestSizes: Sendable {
    /// A size and how often it was seen.
    public struct Entry: Hashable, Sendable {
        public let size: ByteCount
        /// Over zero.
        public let count: Int
    }

    /// How many distinct sizes are kept.
    ///
    /// Below them counts are of buckets.
    public static let capacity = 1024

    /// Distinct sizes, ascending; only the last `capacity` count.
    ///
    /// Up to twice as many are stored, so that ascending input costs no move of the whole array for every
    /// value.
    private var sizes: [Int64] = []
    private var counts: [Int] = []
    /// Where something was dropped: the smallest size of which that is not so; else 0.
    private var forgottenBelow: Int64 = 0

    /// Creates an empty list.
    public init() {}

    private var start: Int { max(0, sizes.count - Self.capacity) }

    /// Whether every value ever added is still known.
    public var isComplete: Bool { forgottenBelow == 0 && sizes.count <= Self.capacity }

    /// Whether nothing was added.
    public var isEmpty: Bool { sizes.isEmpty }

    /// The smallest size from which on every count is exact; 0 while nothing was dropped.
    public var floor: ByteCount { ByteCount(isComplete ? 0 : sizes[start]) }

    /// The largest size.
    public var largest: ByteCount? { sizes.last.map { ByteCount($0) } }

    /// The sizes kept, largest first.
    public var entries: [Entry] {
        (start..<sizes.count).reversed().map { Entry(size: ByteCount(sizes[$0]), count: counts[$0]) }
    }

    /// The number of values of the sizes kept.
    public var count: Int { counts[start...].reduce(0) { $0.saturatingSum($1) } }

    /// Counts `count` values of a size; nothing where `count` is not over zero.
    ///
    /// A negative size counts as 0.
    public mutating func add(_ size: ByteCount, count: Int = 1) {
        guard count > 0 else { return }
        let bytes = max(size.bytes, 0)
        guard bytes >= forgottenBelow else { return }
        if sizes.count >= Self.capacity, bytes < sizes[sizes.count - Self.capacity] {
            forgottenBelow = sizes[sizes.count - Self.capacity]
            return
        }
        insert(bytes, count)
    }

    private mutating func insert(_ bytes: Int64, _ count: Int) {
        let place = firstIndex(notBelow: bytes)
        if place < sizes.count, sizes[place] == bytes {
            counts[place] = counts[place].saturatingSum(count)
            return
        }
        sizes.insert(bytes, at: place)
        counts.insert(count, at: place)
        if sizes.count >= 2 * Self.capacity { forget(before: start) }
    }

    /// Drops the sizes before a place, which is not the end.
    private mutating func forget(before place: Int) {
        guard place > 0 else { return }
        forgottenBelow = sizes[place]
        sizes.removeFirst(place)
        counts.removeFirst(place)
    }

    /// Drops all but the largest distinct sizes.
    ///
    /// - Parameter limit: how many are kept; from 1 on.
    public mutating func keep(_ limit: Int) {
        forget(before: max(0, sizes.count - max(limit, 1)))
    }

    private func firstIndex(notBelow bytes: Int64) -> Int {
        var low = 0
        var high = sizes.count
        while low < high {
            let middle = low + (high - low) / 2
            if sizes[middle] < bytes { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Counts everything that the other list counted.
    public mutating func merge(_ other: LargestSizes) {
        let bound = max(floor, other.floor).bytes
        for entry in other.entries {
            add(entry.size, count: entry.count)
        }
        forget(before: firstIndex(notBelow: bound))
        forgottenBelow = max(forgottenBelow, bound)
    }

    /// The number of values larger than `limit`; nil below ``floor``, where it is not known.
    public func countAbove(_ limit: ByteCount) -> Int? {
        guard limit >= floor || limit.bytes < 0 && isComplete else { return nil }
        var above = 0
        for index in (start..<sizes.count).reversed() where sizes[index] > limit.bytes {
            above = above.saturatingSum(counts[index])
        }
        return above
    }

    /// Marks that smaller values existed that were not added; nothing where there are no values.
    mutating func markIncomplete() {
        forgottenBelow = max(forgottenBelow, sizes.first ?? 0)
    }
}

extension LargestSizes: Equatable {
    /// Whether both know the same: spare storage does not count.
    public static func == (left: LargestSizes, right: LargestSizes) -> Bool {
        left.isComplete == right.isComplete
            && left.sizes[left.start...].elementsEqual(right.sizes[right.start...])
            && left.counts[left.start...].elementsEqual(right.counts[right.start...])
    }
}
