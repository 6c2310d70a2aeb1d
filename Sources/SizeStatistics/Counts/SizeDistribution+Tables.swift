extension SizeDistribution {
    /// Creates a distribution from the exact count of every size.
    ///
    /// - Parameters:
    ///   - counts: number of values by size in bytes.
    ///   - nulls: number of NULLs.
    public init(counts: [Int: Int], nulls: Int = 0) {
        self.init()
        add(counts: counts)
        addNulls(nulls)
    }

    /// Counts values by size in bytes.
    public mutating func add(counts: [Int: Int]) {
        for (size, count) in counts {
            add(ByteCount(Int64(size)), count: count)
        }
    }

    /// Counts values by size: element `i` is the number of values of `i` bytes.
    ///
    /// One pass over the table, however many values it counts; a packed full scan adds tens of millions of
    /// values so.
    public mutating func add(lengths counts: [UInt32]) {
        for size in counts.indices where counts[size] > 0 {
            add(ByteCount(Int64(size)), count: Int(counts[size]))
        }
    }
}
