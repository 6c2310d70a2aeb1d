extension SizeDistribution: Codable {
    private enum CodingKeys: String, CodingKey {
        case histogram, largestSizes, nulls, sum
    }

    /// Reads a distribution.
    ///
    /// - Throws: `DecodingError` where an amount is negative, or the largest sizes contradict the histogram.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            histogram: try container.decode(SizeHistogram.self, forKey: .histogram),
            largestSizes: try container.decode(LargestSizes.self, forKey: .largestSizes),
            nulls: try container.decode(Int.self, forKey: .nulls),
            sum: try container.decode(ByteCount.self, forKey: .sum))
        guard nulls >= 0, sum.bytes >= 0, largestSizesAgree else {
            throw DecodingError.dataCorruptedError(
                forKey: .largestSizes, in: container,
                debugDescription: "the largest sizes contradict the histogram")
        }
    }

    /// Writes a distribution.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(histogram, forKey: .histogram)
        try container.encode(largestSizes, forKey: .largestSizes)
        try container.encode(nulls, forKey: .nulls)
        try container.encode(sum, forKey: .sum)
    }

    /// Whether the histogram holds the largest sizes: all of each bucket above the floor's, and at most
    /// what the floor's bucket holds.
    private var largestSizesAgree: Bool {
        var kept = SizeHistogram()
        for entry in largestSizes.entries {
            kept.add(entry.size, count: entry.count)
        }
        guard !largestSizes.isComplete else { return kept == histogram }
        let floor = BucketScale.index(of: largestSizes.floor.bytes)
        return kept.counts.count == histogram.counts.count && kept.count < histogram.count
            && kept.counts[floor] <= histogram.counts[floor]
            && kept.counts[(floor + 1)...].elementsEqual(histogram.counts[(floor + 1)...])
    }
}
