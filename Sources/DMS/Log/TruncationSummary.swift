/// What the logs of a migration say about values that were cut.
///
/// The absence of a truncation proves nothing: a log may be incomplete, or its level may hide warnings.
public struct TruncationSummary: Sendable, Equatable {
    /// One for each place and limit, in the order of the bytes of the place.
    public var truncations: [Truncation] { byKey.values.sorted { $0.key < $1.key } }
    /// Lines that were read.
    public internal(set) var lines = 0
    /// Entries of DMS among them: without one the absence of truncations says nothing at all.
    public internal(set) var entries = 0
    /// Entries that say that data could not be loaded.
    public internal(set) var failedLoads = 0
    /// Entries that say that the target refused a value as malformed, as it does with cut json, xml or arrays.
    public internal(set) var malformedValues = 0
    /// Lines that speak of a truncation in a form that is not known.
    public internal(set) var notUnderstood = 0
    /// Lines longer than ``LineSplitter`` keeps.
    public internal(set) var overlongLines = 0
    /// How often a batch of changes failed and was applied one by one, by log stream or file.
    public internal(set) var bulkApplyFailures: [String: Int] = [:]
    private var byKey: [Truncation.Key: Truncation] = [:]

    /// Creates an empty summary.
    public init() {}

    /// All cuts of one column at one limit.
    public struct Truncation: Sendable, Equatable {
        public let place: TruncatedPlace
        /// Bytes that were kept.
        public let limit: ByteCount
        /// How many values were cut.
        public internal(set) var count = 0
        /// The largest length that a line names; nil where none names one.
        public internal(set) var largestLength: ByteCount?
        /// Values whose length the log does not say, or says wrongly.
        public internal(set) var unknownLengths = 0
        /// The components that cut, such as `SOURCE_UNLOAD` for the full load.
        public internal(set) var components: Set<String> = []
        /// The first and the last time that a line names, as the log writes them.
        public internal(set) var times: ClosedRange<String>?

        struct Key: Hashable, Comparable {
            let place: [UInt8]
            let limit: ByteCount

            static func < (left: Key, right: Key) -> Bool {
                left.place == right.place
                    ? left.limit < right.limit : left.place.lexicographicallyPrecedes(right.place)
            }
        }

        var key: Key { Key(place: place.bytes, limit: limit) }
    }

    /// Counts one event.
    public mutating func add(_ event: TruncationEvent) {
        let empty = Truncation(place: event.place, limit: event.limit)
        byKey[empty.key, default: empty].add(event)
    }

    /// Counts everything that another log says.
    public mutating func merge(_ other: TruncationSummary) {
        lines += other.lines
        entries += other.entries
        failedLoads += other.failedLoads
        malformedValues += other.malformedValues
        notUnderstood += other.notUnderstood
        overlongLines += other.overlongLines
        bulkApplyFailures.merge(other.bulkApplyFailures, uniquingKeysWith: +)
        byKey.merge(other.byKey) { $0.merged(with: $1) }
    }
}

extension TruncationSummary.Truncation {
    mutating func add(_ event: TruncationEvent) {
        count += 1
        if case .known(let length) = event.length {
            largestLength = max(largestLength ?? length, length)
        } else {
            unknownLengths += 1
        }
        if let component = event.component { components.insert(component) }
        if let time = event.time { times = Self.hull(times, time...time) }
    }

    func merged(with other: Self) -> Self {
        var merged = self
        merged.count += other.count
        merged.unknownLengths += other.unknownLengths
        merged.largestLength = [largestLength, other.largestLength].compactMap(\.self).max()
        merged.components.formUnion(other.components)
        if let times = other.times { merged.times = Self.hull(merged.times, times) }
        return merged
    }

    private static func hull(_ known: ClosedRange<String>?, _ more: ClosedRange<String>) -> ClosedRange<
        String
    > {
        guard let known else { return more }
        return min(known.lowerBound, more.lowerBound)...max(known.upperBound, more.upperBound)
    }
}
