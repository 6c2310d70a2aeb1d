/// What a sample of whole blocks held: the largest value of each block, which is the unit of the tail of
/// such samples, and how alike the values of a block are.
public struct BlockSummary: Sendable, Equatable, Codable {
    /// The number of blocks read, empty ones included.
    public private(set) var blocks = 0
    /// The number of rows in them, NULLs included.
    public private(set) var rows = 0
    /// The number of values in them.
    public private(set) var values = 0
    /// The sum of the sizes.
    public private(set) var sum = ByteCount(0)
    /// The largest size of each block; 0 for a block without a value.
    public private(set) var maxima = LargestSizes()
    /// For each size, how unevenly the values up to it are spread over the blocks.
    var clustering = BlockClustering()

    /// Creates an empty summary.
    public init() {}

    /// Reads a summary.
    ///
    /// - Throws: `DecodingError` where a number is negative or there are more values than rows.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        blocks = try container.decode(Int.self, forKey: .blocks)
        rows = try container.decode(Int.self, forKey: .rows)
        values = try container.decode(Int.self, forKey: .values)
        sum = try container.decode(ByteCount.self, forKey: .sum)
        maxima = try container.decode(LargestSizes.self, forKey: .maxima)
        clustering = try container.decode(BlockClustering.self, forKey: .clustering)
        guard blocks >= maxima.count, values >= 0, rows >= values, sum.bytes >= 0 else {
            throw DecodingError.dataCorruptedError(
                forKey: .blocks, in: container, debugDescription: "the numbers contradict one another")
        }
    }

    /// Counts one block whose values are known.
    ///
    /// - Parameters:
    ///   - sizes: the sizes of the values, in any order.
    ///   - nulls: the number of NULLs.
    public mutating func add(sizes: [ByteCount], nulls: Int) {
        let total = sizes.reduce(Int64(0)) { $0.saturatingSum(max($1.bytes, 0)) }
        add(
            rows: sizes.count + max(nulls, 0), values: sizes.count, sum: ByteCount(total),
            largest: sizes.max())
        clustering.add(sizes: sizes)
    }

    /// Counts one block of which only totals are known; ``designEffect(upTo:in:)`` is nil from then on.
    ///
    /// - Parameters:
    ///   - rows: the number of rows, NULLs included.
    ///   - values: the number of values.
    ///   - sum: the sum of the sizes.
    ///   - largest: the largest size; nil where the block has no value.
    public mutating func add(rows: Int, values: Int, sum: ByteCount, largest: ByteCount?) {
        blocks = blocks.saturatingSum(1)
        self.rows = self.rows.saturatingSum(max(rows, 0))
        self.values = self.values.saturatingSum(max(values, 0))
        self.sum.bytes = self.sum.bytes.saturatingSum(max(sum.bytes, 0))
        maxima.add(largest ?? ByteCount(0))
    }

    /// Counts blocks that were read and held no row.
    public mutating func addEmptyBlocks(_ count: Int) {
        guard count > 0 else { return }
        blocks = blocks.saturatingSum(count)
        maxima.add(ByteCount(0), count: count)
        clustering.addEmptyBlocks(count)
    }

    /// Counts everything that the other summary counted.
    public mutating func merge(_ other: BlockSummary) {
        blocks = blocks.saturatingSum(other.blocks)
        rows = rows.saturatingSum(other.rows)
        values = values.saturatingSum(other.values)
        sum.bytes = sum.bytes.saturatingSum(other.sum.bytes)
        maxima.merge(other.maxima)
        clustering.merge(other.clustering)
    }
}
