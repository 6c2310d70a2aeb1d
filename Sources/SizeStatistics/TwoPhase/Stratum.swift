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

/// The rows whose stored size lies in [4^index, 4^(index + 1)).
public struct Stratum: Sendable, Equatable {
    /// The number of the stratum; stored size 0 counts as 1.
    public let index: Int
    /// Stored sizes of all rows.
    public internal(set) var stored = SizeHistogram()
    /// Stored sizes of the rows that were read in full.
    public internal(set) var measured = SizeHistogram()
    /// The rows read at random, ascending.
    public internal(set) var random: [MeasuredSize] = []

    init(index: Int) {
        self.index = index
    }

    mutating func insert(_ row: MeasuredSize) {
        let place = random.firstIndex { $0 > row } ?? random.count
        random.insert(row, at: place)
    }

    /// An order of strata by their content, so that it does not matter in which order they came.
    static func precedes(_ left: Stratum, _ right: Stratum) -> Bool {
        if left.index != right.index { return left.index < right.index }
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
