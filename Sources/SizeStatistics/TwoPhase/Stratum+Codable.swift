extension Stratum: Codable {
    private enum CodingKeys: String, CodingKey {
        case index, stored, measured, random, randomSteps, randomGains
        case isCompressed = "compressed"
    }

    /// Reads a stratum.
    ///
    /// - Throws: `DecodingError` where a number is out of range or a row is in the wrong stratum.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        index = try container.decode(Int.self, forKey: .index)
        isCompressed = try container.decodeIfPresent(Bool.self, forKey: .isCompressed)
        stored = try container.decode(SizeHistogram.self, forKey: .stored)
        measured = try container.decode(SizeHistogram.self, forKey: .measured)
        random = try Self.rows(container)
        let isValid = random.allSatisfy {
            $0.size.bytes >= 0 && $0.stored.bytes >= 0 && StoredSizeStrata.stratum(of: $0.stored) == index
        }
        guard isValid else {
            throw DecodingError.dataCorruptedError(
                forKey: .index, in: container, debugDescription: "row of another stratum")
        }
        random.sort()
    }

    private static func rows(_ container: KeyedDecodingContainer<CodingKeys>) throws -> [MeasuredSize] {
        // Formats 1 and 2: stored and true sizes in turn.
        if let flat = try container.decodeIfPresent([ByteCount].self, forKey: .random) {
            guard flat.count.isMultiple(of: 2) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .random, in: container, debugDescription: "row without a size")
            }
            return stride(from: 0, to: flat.count, by: 2).map {
                MeasuredSize(stored: flat[$0], size: flat[$0 + 1])
            }
        }
        let steps = try container.decode([Int64].self, forKey: .randomSteps)
        let gains = try container.decode([Int64].self, forKey: .randomGains)
        guard steps.count == gains.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .randomSteps, in: container, debugDescription: "row without a size")
        }
        var stored = Int64(0)
        return zip(steps, gains).map { step, gain in
            stored = stored.saturatingSum(max(step, 0))
            return MeasuredSize(
                stored: ByteCount(stored), size: ByteCount(stored.addingReportingOverflow(gain).partialValue))
        }
    }

    /// Writes the rows read at random as two arrays: how much larger the stored size is than that of the row
    /// before, and by how much the true size exceeds the stored one.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(index, forKey: .index)
        try container.encodeIfPresent(isCompressed, forKey: .isCompressed)
        try container.encode(stored, forKey: .stored)
        try container.encode(measured, forKey: .measured)
        let before = [Int64(0)] + random.map(\.stored.bytes)
        try container.encode(zip(random, before).map { $0.stored.bytes - $1 }, forKey: .randomSteps)
        try container.encode(random.map { $0.size.bytes - $0.stored.bytes }, forKey: .randomGains)
    }
}
