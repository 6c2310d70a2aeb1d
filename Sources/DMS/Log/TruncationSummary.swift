/// What the logs of a migration say about values that were cut.
///
/// The absence of a truncation proves nothing: a log may be incomplete, or its level may hide warnings.
public struct TruncationSummary: Sendable, Equatable {
    /// One for each place and limit, in the order of the bytes of the place.
    public var truncations: [Truncation] { cuts.sorted() }
    /// The same in the order in which the log first names them.
    package private(set) var cuts: [Truncation] = []
    /// Where each is among them.
    ///
    /// A hostile log names as many places as it has lines, and a dictionary of the cuts themselves would keep room for three
    /// times as many.
    private var positions: [Truncation.Key: UInt32] = [:]
    /// The logs that were read.
    public internal(set) var logs = LogsRead()
    /// Lines that were read.
    public internal(set) var lines = 0
    /// Entries of DMS among them: without one the absence of truncations says nothing at all.
    public internal(set) var entries = 0
    /// Entries that say what went wrong on the target, by kind.
    public private(set) var failures: [TableFailure: Int] = [:]
    /// The same by table, for those entries that name one; names are the target's.
    public private(set) var failuresByTable: [RelationName: [TableFailure: Int]] = [:]
    /// Rows of control tables that were given as files.
    package var controlTables = ControlTableCounts()
    /// Lines that speak of a truncation in a form that is not known.
    public internal(set) var notUnderstood = 0
    /// Lines longer than ``LineSplitter`` keeps.
    public internal(set) var overlongLines = 0
    /// How often a batch of changes failed and was applied one by one, by log stream or file.
    public internal(set) var bulkApplyFailures: [String: Int] = [:]

    /// Sets of components that places share: few are ever different.
    private var componentSets: [Set<String>: Set<String>] = [:]

    /// Creates an empty summary.
    public init() {}

    /// Creates a summary of a log that could not be read.
    public init(unread name: String) { logs.addUnread(name) }

    /// Rows of `awsdms_apply_exceptions` that were given as files, in the order of tables.
    public var applyExceptions: [ApplyException] { controlTables.applyExceptions }
    /// Rows of `awsdms_validation_failures_v1` and `_v2` that were given as files, in the order of tables.
    public var validationFailures: [ValidationFailure] { controlTables.validationFailures }

    /// What an entry says that went wrong on the target.
    public enum TableFailure: Hashable, Sendable, CaseIterable {
        /// A file of rows could not be loaded.
        case load
        /// The load of a whole table failed, or the task went on without it.
        case table
        /// A value was refused as malformed, as cut json, xml or arrays are.
        case malformedValue
        /// The row that a change is of is not on the target.
        case noRow
    }

    /// All cuts of one column at one limit.
    public struct Truncation: Sendable, Equatable, Comparable {
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
        public internal(set) var times: ClosedRange<LogTime>?

        struct Key: Hashable, Comparable {
            let place: [UInt8]
            let limit: ByteCount

            static func < (left: Key, right: Key) -> Bool {
                left.place == right.place
                    ? left.limit < right.limit : left.place.lexicographicallyPrecedes(right.place)
            }
        }

        var key: Key { Key(place: place.bytes, limit: limit) }

        /// Orders by the bytes of the place, then by the limit.
        public static func < (left: Truncation, right: Truncation) -> Bool { left.key < right.key }
    }

    /// Counts one event.
    public mutating func add(_ event: TruncationEvent) {
        cuts[position(of: Truncation(place: event.place, limit: event.limit))].add(
            event, sharing: &componentSets)
    }

    /// Where the cuts of a place and limit are, from now on if they were not there yet.
    private mutating func position(of empty: Truncation) -> Int {
        if let known = positions[empty.key] { return Int(known) }
        positions[empty.key] = UInt32(cuts.count)
        cuts.append(empty)
        return cuts.count - 1
    }

    /// The most tables whose failures are told apart: a log that names more is not a log of one database.
    private static let mostTables = 100_000

    /// Counts a failure; of a table where the log names it.
    mutating func add(_ failure: TableFailure, of table: RelationName?) {
        failures[failure, default: 0] += 1
        guard let table, failuresByTable[table] != nil || failuresByTable.count < Self.mostTables else {
            return
        }
        failuresByTable[table, default: [:]][failure, default: 0] += 1
    }

    /// Counts everything that another log says.
    public mutating func merge(_ other: TruncationSummary) {
        logs.merge(other.logs)
        lines += other.lines
        entries += other.entries
        notUnderstood += other.notUnderstood
        overlongLines += other.overlongLines
        failures.merge(other.failures, uniquingKeysWith: +)
        failuresByTable.merge(other.failuresByTable) { $0.merging($1, uniquingKeysWith: +) }
        controlTables.merge(other.controlTables)
        bulkApplyFailures.merge(other.bulkApplyFailures, uniquingKeysWith: +)
        // A second copy of a large log is memory.
        if cuts.isEmpty {
            (cuts, positions) = (other.cuts, other.positions)
            return
        }
        for cut in other.cuts {
            let position = position(of: Truncation(place: cut.place, limit: cut.limit))
            cuts[position] = cuts[position].merged(with: cut)
        }
    }
}

extension TruncationSummary.Truncation {
    fileprivate mutating func add(_ event: TruncationEvent, sharing sets: inout [Set<String>: Set<String>]) {
        count += 1
        if case .known(let length) = event.length {
            largestLength = max(largestLength ?? length, length)
        } else {
            unknownLengths += 1
        }
        if let component = event.component, !components.contains(component) {
            let union = components.union([component])
            if sets[union] == nil, sets.count < 1024 { sets[union] = union }
            components = sets[union] ?? union
        }
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

    private static func hull(
        _ known: ClosedRange<LogTime>?, _ more: ClosedRange<LogTime>
    ) -> ClosedRange<LogTime> {
        guard let known else { return more }
        return min(known.lowerBound, more.lowerBound)...max(known.upperBound, more.upperBound)
    }
}
