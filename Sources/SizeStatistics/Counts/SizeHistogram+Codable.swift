extension SizeHistogram: Codable {
    /// Reads pairs of integers: how many bucket numbers further, and the count.
    ///
    /// - Throws: `DecodingError` where a count is not over zero or a bucket does not exist.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        self.init()
        var index = -1
        while !container.isAtEnd {
            let gap = try container.decode(Int.self)
            let count = try container.decode(Int.self)
            guard gap > 0, gap <= BucketScale.last - index, count > 0 else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "no such bucket")
            }
            index += gap
            add(count, toBucket: index)
        }
    }

    /// Writes the buckets that are not empty as pairs in one flat array: the distance to the bucket before (the
    /// first one's number plus 1) and the count.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        var last = -1
        for (index, count) in counts.enumerated() where count > 0 {
            try container.encode(index - last)
            try container.encode(count)
            last = index
        }
    }
}
