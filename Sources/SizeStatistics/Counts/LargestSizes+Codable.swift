extension LargestSizes: Codable {
    /// Reads what ``encode(to:)`` writes.
    ///
    /// - Throws: `DecodingError` where sizes do not descend, a count is not over zero, there are more than
    ///   ``capacity``, or none although some were dropped.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        let complete = try container.decode(Int.self)
        self.init()
        var last: Int64?
        var kept = 0
        while !container.isAtEnd {
            let step = try container.decode(Int64.self)
            let count = try container.decode(Int.self)
            // Sizes and steps are not negative, so neither difference can overflow.
            let size = last.map { $0 - max(step, 0) } ?? step
            guard size >= 0, step > 0 || last == nil, count > 0, kept < Self.capacity else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "sizes do not descend")
            }
            add(ByteCount(size), count: count)
            last = size
            kept += 1
        }
        guard complete == 1 || complete == 0 && last ?? 0 > 0 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "sizes are missing")
        }
        if complete == 0 { markIncomplete() }
    }

    /// Writes one flat array: 1 if complete, else 0; the largest size and its count; then, for each next
    /// size, how much smaller it is and its count.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(isComplete ? 1 : 0)
        var last: Int64?
        for entry in entries {
            try container.encode(last.map { $0 - entry.size.bytes } ?? entry.size.bytes)
            try container.encode(entry.count)
            last = entry.size.bytes
        }
    }
}
