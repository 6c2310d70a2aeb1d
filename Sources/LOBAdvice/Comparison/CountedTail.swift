/// The large sizes of a column where both sides of a comparison counted those of every row, though one of them sampled
/// the others: what differs there is so, and no test is needed.
enum CountedTail {
    /// Whether the counts differ in any bucket above the size from which both are counted, or the largest sizes do.
    static func isDifferent(_ old: ColumnMeasurement, _ new: ColumnMeasurement) -> Bool {
        guard old.tail != nil || new.tail != nil, let before = old.countedFrom, let after = new.countedFrom
        else { return false }
        let floor = max(before, after)
        return largest(old, above: floor) != largest(new, above: floor)
            || buckets(old, above: floor) != buckets(new, above: floor)
    }

    private static func largest(_ measurement: ColumnMeasurement, above floor: ByteCount) -> ByteCount? {
        (measurement.tail?.sizes ?? measurement.distribution).largest.flatMap { $0 > floor ? $0 : nil }
    }

    /// Those that lie above it as a whole.
    private static func buckets(_ measurement: ColumnMeasurement, above floor: ByteCount)
        -> [SizeHistogram.Bucket]
    {
        (measurement.tail?.sizes ?? measurement.distribution).histogram.buckets.filter { $0.lower >= floor }
    }
}
