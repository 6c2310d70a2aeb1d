import LOBProfile
import SizeStatistics

/// The rows in the last blocks of the table, which are the most recent where rows are only appended.
extension TableScan {
    /// Counts a row of the second phase among the most recent, where it is one.
    func addRecent(_ row: LocatedSize, _ size: Int32, of column: Int, _ state: inout State) {
        let place = fullColumns.count + column
        guard let first = plan.recentFrom, Int(row.block) >= first, place < state.recent.count,
            case .stored(var stored) = state.recent[place]
        else { return }
        state.recent[place] = .stored(StoredAccumulator())
        stored.addMeasured(row, size: ByteCount(Int64(size)), isRandom: false)
        state.recent[place] = .stored(stored)
        state.recentMeasured?[column].add(size)
    }

    /// The sizes in the last blocks, where they were counted by themselves; of rows of which only the stored size was
    /// read as they are expected to be.
    func recent(
        _ position: Int, _ state: State, ratios: StoredSizeStrata? = nil
    ) -> SizeDistribution? {
        guard plan.recentFrom != nil, position < state.recent.count else { return nil }
        switch state.recent[position] {
        case .complete(let recent): return recent.distribution
        case .stored(let recent):
            guard let ratios, let read = state.recentMeasured?[position - fullColumns.count] else {
                return nil
            }
            var sizes = read.distribution
            sizes.merge(ratios.expectedUnreadSizes(of: recent.strata))
            sizes.addNulls(recent.nulls)
            return sizes
        case .tail: return nil
        }
    }
}
