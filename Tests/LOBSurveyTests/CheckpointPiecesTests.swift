import Foundation
import LOBAdvice
import SizeStatistics
import TestSupport
import Testing

@testable import LOBSurvey

/// What a scan collects does not depend on where it was interrupted: written down and read again after any row, it
/// goes on as if nothing had been.
@Suite struct CheckpointPiecesTests {
    private static func rows(_ seed: UInt64) -> [(place: LocatedSize, hash: Int64)] {
        var random = SeededGenerator(seed: seed)
        return (0..<5000).map { row in
            let size = Int64(60 / Double.random(in: 0.000_1...1, using: &random))
            return (
                LocatedSize(size: ByteCount(size), block: UInt32(row / 40), offset: UInt16(row % 40 + 1)),
                Int64.random(in: 0...Int64.max, using: &random)
            )
        }
    }

    /// Feeds all rows, in an order and with interruptions that the seed gives.
    private static func collected(
        _ start: PackedAccumulator, _ rows: [(place: LocatedSize, hash: Int64)], interruptions: Set<Int>
    ) throws -> PackedAccumulator {
        var accumulator = start
        for (index, row) in rows.enumerated() {
            accumulator.add(Int32(row.place.size.bytes))
            accumulator.consider(row.place, hash: row.hash)
            if index % 9 == 0 { accumulator.addNulls(1) }
            guard interruptions.contains(index) else { continue }
            accumulator.fold()
            accumulator = try JSONDecoder().decode(
                PackedAccumulator.self, from: JSONEncoder().encode(accumulator))
        }
        accumulator.fold()
        return accumulator
    }

    @Test(arguments: 0..<4) func aResumedScanCountsWhatOneScanCounts(seed: UInt64) throws {
        let rows = Self.rows(seed)
        let empty = PackedAccumulator.complete(ColumnAccumulator())
        let whole = try Self.collected(empty, rows, interruptions: [])
        let resumed = try Self.collected(empty, rows, interruptions: [0, 7, 1200, 1201, 4998])
        guard case .complete(let one) = whole, case .complete(let other) = resumed else {
            Issue.record("another kind of column")
            return
        }
        #expect(one.distribution == other.distribution && one.largest == other.largest)
        #expect(one.distribution.count == 5000 && one.distribution.nulls == 556)
    }

    /// Which rows the second phase reads, and what it makes of them.
    @Test(arguments: 0..<4) func aResumedFirstPhaseChoosesTheRowsOfOne(seed: UInt64) throws {
        let rows = Self.rows(seed)
        let empty = PackedAccumulator.stored(StoredAccumulator())
        let whole = try Self.collected(empty, rows, interruptions: [])
        let resumed = try Self.collected(empty, rows, interruptions: [3, 900, 2500, 4000])
        guard case .stored(let one) = whole, case .stored(let other) = resumed else {
            Issue.record("another kind of column")
            return
        }
        let (first, second) = (one.targets, other.targets)
        #expect(first.rows == second.rows && first.random == second.random)
        #expect(first.rows.count > StoredAccumulator.largestRows)
        var strata = (one: one.strata, other: other.strata)
        for row in first.rows {
            let (size, isRandom) = (ByteCount(row.place.size.bytes * 3), first.random.contains(row))
            strata.one.add(row, size: size, isRandom: isRandom)
            if row.place.offset == 1, row.place.block % 40 == 0 {
                strata.other = try JSONDecoder().decode(
                    StoredSizeStrata.self, from: JSONEncoder().encode(strata.other))
            }
            strata.other.add(row, size: size, isRandom: isRandom)
        }
        #expect(strata.one == strata.other && one.nulls == other.nulls)
        #expect(strata.one.tellsCompression && Set(strata.one.strata.map(\.isCompressed)).count == 2)
    }
}
