/// A row whose stored and true size are both known.
public struct MeasuredSize: Hashable, Comparable, Sendable {
    /// Bytes in the table, compressed or not: `pg_column_size`.
    public let stored: ByteCount
    /// Bytes of the value.
    public let size: ByteCount

    /// Creates a measured size.
    public init(stored: ByteCount, size: ByteCount) {
        self.stored = stored
        self.size = size
    }

    /// Bytes of the value for each stored byte.
    public var ratio: Double { Double(size.bytes) / Double(max(stored.bytes, 1)) }

    /// Orders by stored size, then by size.
    public static func < (left: MeasuredSize, right: MeasuredSize) -> Bool {
        (left.stored, left.size) < (right.stored, right.size)
    }
}

/// The rows whose stored size lies in [4^index, 4^(index + 1)), and that are alike in being compressed or not.
public struct Stratum: Sendable, Equatable {
    /// The number of the stratum; stored size 0 counts as 1.
    public let index: Int
    /// Whether the values are compressed; nil where that was not asked, by versions before.
    public let isCompressed: Bool?
    /// Stored sizes of all rows.
    public internal(set) var stored = SizeHistogram()
    /// Stored sizes of the rows that were read in full.
    public internal(set) var measured = SizeHistogram()
    /// The rows read at random, ascending.
    public internal(set) var random: [MeasuredSize] = []

    init(_ kind: Kind) {
        index = kind.index
        isCompressed = kind.isCompressed
    }

    /// What rows of one stratum have in common.
    struct Kind: Hashable, Comparable, Sendable {
        let index: Int
        let isCompressed: Bool?

        private var rank: Int { isCompressed.map { $0 ? 2 : 1 } ?? 0 }

        static func < (left: Kind, right: Kind) -> Bool {
            (left.index, left.rank) < (right.index, right.rank)
        }
    }

    /// What its rows have in common.
    var kind: Kind { Kind(index: index, isCompressed: isCompressed) }

    mutating func insert(_ row: MeasuredSize) {
        var (low, high) = (0, random.count)
        while low < high {
            let middle = low + (high - low) / 2
            if random[middle] > row { high = middle } else { low = middle + 1 }
        }
        random.insert(row, at: low)
    }

    /// An order of strata by their content, so that it does not matter in which order they came.
    static func precedes(_ left: Stratum, _ right: Stratum) -> Bool {
        if left.kind != right.kind { return left.kind < right.kind }
        if left.stored != right.stored {
            return left.stored.counts.lexicographicallyPrecedes(right.stored.counts)
        }
        if left.measured != right.measured {
            return left.measured.counts.lexicographicallyPrecedes(right.measured.counts)
        }
        return left.random.lexicographicallyPrecedes(right.random)
    }

    mutating func merge(_ other: Stratum) {
        stored.merge(other.stored)
        measured.merge(other.measured)
        random = (random + other.random).sorted()
    }

    /// The stored sizes of the rows that were not read, each bucket at its upper edge.
    ///
    /// A row that changed between the phases is counted as not read.
    var unmeasured: [SizeHistogram.Bucket] {
        stored.counts.indices.compactMap { index in
            let read = index < measured.counts.count ? measured.counts[index] : 0
            let count = stored.counts[index] - read
            guard count > 0 else { return nil }
            return SizeHistogram.Bucket(
                lower: ByteCount(BucketScale.lower(index)), upper: ByteCount(BucketScale.upper(index)),
                count: count)
        }
    }
}
