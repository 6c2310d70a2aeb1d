/// Sums over blocks from which the variance of "share of values up to a size" follows, for every bucket edge.
///
/// With n the values of a block and y those up to an edge, the design effect needs the sums of n^2, y^2 and y n.
/// y is constant between the buckets that the block fills, so the last two are kept as differences
/// from bucket to bucket: adding a block costs its own buckets, not all.
struct BlockClustering: Sendable, Equatable {
    /// The blocks whose values were known.
    private(set) var blocks = 0
    private(set) var sumOfSquares: Double = 0
    private(set) var squares: [Double] = []
    private(set) var products: [Double] = []

    init() {}

    /// Counts a block.
    mutating func add(sizes: [ByteCount]) {
        blocks = blocks.saturatingSum(1)
        let total = Double(sizes.count)
        sumOfSquares += total * total
        let indexes = sizes.map { BucketScale.index(of: $0.bytes) }.sorted()
        guard let last = indexes.last else { return }
        extend(to: last + 1)
        var seen: Double = 0
        for index in indexes {
            // (y + 1)^2 - y^2
            squares[index] += 2 * seen + 1
            products[index] += total
            seen += 1
        }
    }

    /// Counts blocks without values.
    mutating func addEmptyBlocks(_ count: Int) {
        blocks = blocks.saturatingSum(count)
    }

    /// Counts what the other counted.
    mutating func merge(_ other: BlockClustering) {
        blocks = blocks.saturatingSum(other.blocks)
        sumOfSquares += other.sumOfSquares
        extend(to: other.squares.count)
        for index in other.squares.indices {
            squares[index] += other.squares[index]
            products[index] += other.products[index]
        }
    }

    private mutating func extend(to count: Int) {
        guard count > squares.count else { return }
        squares.append(contentsOf: repeatElement(0, count: count - squares.count))
        products.append(contentsOf: repeatElement(0, count: count - products.count))
    }
}

extension BlockClustering: Codable {
    private enum CodingKeys: String, CodingKey {
        case blocks, sumOfSquares, differences
    }

    /// Reads what ``encode(to:)`` writes.
    ///
    /// - Throws: `DecodingError` where a number is negative or a bucket does not exist.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        blocks = try container.decode(Int.self, forKey: .blocks)
        sumOfSquares = try container.decode(Double.self, forKey: .sumOfSquares)
        var flat = try container.nestedUnkeyedContainer(forKey: .differences)
        var index = -1
        while !flat.isAtEnd {
            let gap = try flat.decode(Int.self)
            let square = try flat.decode(Double.self)
            let product = try flat.decode(Double.self)
            guard gap > 0, gap <= BucketScale.last - index, square > 0, product > 0 else {
                throw DecodingError.dataCorruptedError(in: flat, debugDescription: "no such bucket")
            }
            index += gap
            extend(to: index + 1)
            squares[index] = square
            products[index] = product
        }
        guard blocks >= 0, sumOfSquares >= 0 else {
            throw DecodingError.dataCorruptedError(
                forKey: .blocks, in: container, debugDescription: "negative number of blocks")
        }
    }

    /// Writes the buckets that are not empty in one flat array: the distance to the bucket before, the
    /// difference of the sum of y^2, the difference of the sum of y n.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(blocks, forKey: .blocks)
        try container.encode(sumOfSquares, forKey: .sumOfSquares)
        var flat = container.nestedUnkeyedContainer(forKey: .differences)
        var last = -1
        for index in squares.indices where squares[index] > 0 {
            try flat.encode(index - last)
            try flat.encode(squares[index])
            try flat.encode(products[index])
            last = index
        }
    }
}
