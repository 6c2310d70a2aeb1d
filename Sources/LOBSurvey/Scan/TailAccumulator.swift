import LOBProfile
import SizeStatistics

/// Collects the large sizes of one column of every row: the largest with their places, and all above a floor.
struct TailAccumulator: Sendable, Codable {
    /// Every size above it is counted.
    private let floor: Int32
    private(set) var column = ColumnAccumulator()

    /// The share of the sampled values that is not above the floor, at least and as a rule.
    private static let (leastBody, body) = (0.99, 0.999)
    /// Counts above this size are worth a floor that more values exceed.
    private static let wanted: Int64 = 1_024

    /// Creates an accumulator with a floor from a sample: a size that few values exceed.
    init(sampled: SizeDistribution) {
        let (least, most) = (sampled.quantile(Self.leastBody), sampled.quantile(Self.body))
        floor = Int32(clamping: max(least?.bytes ?? 0, min(most?.bytes ?? 0, Self.wanted)))
    }

    /// The size above which a row from `place` on is wanted with its place.
    func threshold(from place: TIDRange.Place) -> Int32 { min(floor, column.threshold(from: place)) }

    /// Looks at a size that came with its place.
    mutating func add(_ located: LocatedSize) {
        column.locate(located)
        if located.size.bytes > Int64(floor) { column.add(Int32(clamping: located.size.bytes)) }
    }

    /// What was found.
    var tail: ExactTail {
        ExactTail(floor: ByteCount(Int64(floor)), sizes: column.distribution)
    }
}

/// Whether chunks are asked for the rows of the tail, or only whether they have any.
///
/// To list them costs more for every row of the table, to have asked in vain costs a chunk: few chunks of a table have rows
/// of the tail, or most.
struct TailListing: Sendable {
    private var chunksWithout = 0

    /// Chunks without such a row after which they are not listed any more: asking in vain costs less than a fifth then.
    private static let patience = 5

    /// Whether they are listed.
    var isOn: Bool { chunksWithout < Self.patience }

    /// Learns whether a chunk had such rows.
    mutating func note(hasFound: Bool) { chunksWithout = hasFound ? 0 : chunksWithout + 1 }
}
