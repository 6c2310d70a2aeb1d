import LOBProfile
import SizeStatistics

/// What one column of a packed scan goes into: true sizes, for the first of two phases ``StoredCode``s where others have sizes,
/// or large sizes only.
enum PackedAccumulator: Sendable, Codable {
    case complete(ColumnAccumulator)
    case stored(StoredAccumulator)
    case tail(TailAccumulator)

    /// The size above which a row from `place` on is wanted with its place.
    func threshold(from place: TIDRange.Place) -> Int32 {
        switch self {
        case .complete(let column): column.threshold(from: place)
        case .stored(let column): column.threshold(from: place)
        case .tail(let column): column.threshold(from: place)
        }
    }

    /// The hashes below which a row of each stratum is wanted with its place; nil for true sizes.
    var hashLimits: [Int64]? {
        guard case .stored(let column) = self else { return nil }
        return column.hashLimits
    }

    /// Counts a size.
    mutating func add(_ size: Int32) {
        update {
            $0.add(size)
        } stored: {
            $0.add(code: size)
        }
    }

    /// Counts NULLs.
    mutating func addNulls(_ count: Int) {
        update {
            $0.addNulls(count)
        } stored: {
            $0.addNulls(count)
        }
    }

    /// Counts sizes from 0 on, as many of each as `counts` says, of `total` rows.
    mutating func addShortSizes(_ counts: ArraySlice<UInt32>, total: Int) {
        update {
            $0.addShortSizes(counts, total: total)
        } stored: {
            $0.addShortCodes(counts, total: total)
        }
    }

    /// Looks at a row that came with its place.
    mutating func consider(_ place: LocatedSize, hash: Int64) {
        if case .tail(var tail) = self {
            // The value is moved, so that its arrays are not copied.
            self = .complete(ColumnAccumulator())
            tail.add(place)
            self = .tail(tail)
            return
        }
        update {
            $0.locate(place)
        } stored: {
            $0.consider(StoredRow(coded: place), hash: hash)
        }
    }

    /// Moves counters into distributions.
    mutating func fold() {
        update {
            $0.fold()
        } stored: {
            $0.fold()
        }
    }

    /// Changes the value in place: copies of its arrays would cost more than the change.
    private mutating func update(
        _ complete: (inout ColumnAccumulator) -> Void, stored: (inout StoredAccumulator) -> Void
    ) {
        switch self {
        case .complete(var column):
            self = .complete(ColumnAccumulator())
            complete(&column)
            self = .complete(column)
        case .stored(var column):
            self = .complete(ColumnAccumulator())
            stored(&column)
            self = .stored(column)
        // Sizes of rows without a place are not wanted there.
        case .tail: break
        }
    }
}
