/// A size in whole KB that far more values have than any size near it: what a cut at a limit leaves.
///
/// A cut moves everything above the limit to the limit, so the size stands out from those around it, and what lies above it
/// came later. Sizes that an application rounds stand among others of their kind, which hides each of them.
struct TruncationSpike: Equatable {
    let size: ByteCount
    let count: Int
    /// The number of larger values.
    let larger: Int
    /// The most values that another size has, between half and twice this one.
    let neighbour: Int

    /// The smallest limit that is looked for: a spike at a few KB is likely the application's.
    private static let smallest = Kibibytes(16)
    /// Where values below the spike have fewer sizes than this, nothing shows that sizes vary at all.
    private static let fewestSizesBelow = 3

    /// The spike of most values.
    ///
    /// - Parameter entries: the largest sizes with their counts, largest first.
    static func largest(in entries: [LargestSizes.Entry]) -> TruncationSpike? {
        var larger = 0
        var found: TruncationSpike?
        for entry in entries {
            if entry.size >= smallest.bytes, entry.size.bytes.isMultiple(of: 1024),
                entry.count > found?.count ?? 2,
                let spike = spike(entry, larger: larger, in: entries)
            {
                found = spike
            }
            larger += entry.count
        }
        return found
    }

    private static func spike(
        _ entry: LargestSizes.Entry, larger: Int, in entries: [LargestSizes.Entry]
    ) -> TruncationSpike? {
        let size = entry.size.bytes
        let near = entries.filter {
            $0.size != entry.size && $0.size.bytes > size / 2 && $0.size.bytes / 2 < size
        }
        let neighbour = near.map(\.count).max() ?? 0
        let spike = TruncationSpike(
            size: entry.size, count: entry.count, larger: larger, neighbour: neighbour)
        // With nothing above, the edge itself speaks for a cut; else the spike has to.
        guard larger > 0 else { return entry.count >= 3 * neighbour ? spike : nil }
        let below = near.count { $0.size < entry.size }
        let standsOut = entry.count >= 10 * max(neighbour, 1) && larger <= entry.count
        return standsOut && below >= fewestSizesBelow ? spike : nil
    }
}
