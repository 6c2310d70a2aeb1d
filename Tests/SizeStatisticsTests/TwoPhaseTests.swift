import Foundation
import SizeStatistics
import Testing

/// A two-phase measurement of real documents (stored and text size in PostgreSQL 15): which rows were read, and the
/// reference's results.
struct TwoPhaseCase: Decodable, Sendable, CustomTestStringConvertible {
    let data: String
    /// Rows read for their stored size, and at random.
    let largest, random: [Int]
    let M, max: Int64
    /// At 1, 1.5 and 3 times the largest size read.
    let risks: [Double]
    /// For a risk of 0.2, 0.05 and 0.01: on the buckets of ``SizeHistogram``, and on exact stored sizes.
    let limits, finer: [Double]

    var testDescription: String { "\(data), \(largest.count) largest" }

    func strata() throws -> StoredSizeStrata {
        let rows = try Fixture.integers("pairs_\(data).txt")
        var strata = StoredSizeStrata()
        for row in rows { strata.add(stored: ByteCount(row[0])) }
        for row in largest {
            strata.addLargest(stored: ByteCount(rows[row][0]), size: ByteCount(rows[row][1]))
        }
        for row in random { strata.addRandom(stored: ByteCount(rows[row][0]), size: ByteCount(rows[row][1])) }
        return strata
    }
}

struct TwoPhaseTests {
    @Test(arguments: try Fixture.decode([TwoPhaseCase].self, "two-phase.json"))
    func agreesWithTheReference(expected: TwoPhaseCase) throws {
        let estimate = TwoPhaseEstimate(try expected.strata())
        #expect(estimate.largest == ByteCount(expected.M))
        #expect(estimate.randomRows == expected.random.count)
        for (factor, risk) in zip([1, 1.5, 3], expected.risks) {
            #expect(agrees(estimate.risk(above: Double(expected.M) * factor), risk))
        }
        for (index, alpha) in [0.2, 0.05, 0.01].enumerated() {
            let limit = Double(try #require(estimate.limit(alpha: alpha)).bytes)
            #expect(agrees(limit, expected.limits[index]))
            #expect(limit >= expected.finer[index] && limit <= expected.finer[index] * 1.035)
            #expect(limit >= Double(expected.max))
        }
    }

    @Test func expansionBoundsEveryRow() throws {
        let strata = try #require(try Fixture.decode([TwoPhaseCase].self, "two-phase.json").first).strata()
        let free = TwoPhaseEstimate(strata)
        let bounded = TwoPhaseEstimate(strata, expansion: TwoPhaseEstimate.pglzExpansion)
        let bound = try #require(bounded.strictBound)
        #expect(bounded.risk(above: bound) == 0)
        #expect(bounded.reportedRisk(above: bound) == 0)
        #expect(bounded.reportedRisk(above: ByteCount(bound.bytes - 1)) >= 0.02)
        #expect(free.risk(above: bound) > 0)
        #expect(free.strictBound == nil)
        let size = ByteCount(bound.bytes / 2)
        #expect(bounded.risk(above: size) <= free.risk(above: size))
    }

    @Test func readingEveryRowIsProof() {
        var strata = StoredSizeStrata()
        for size in [Int64(0), 10, 700, 5000] {
            strata.add(stored: ByteCount(size))
            strata.addLargest(stored: ByteCount(size), size: ByteCount(size * 4))
        }
        let estimate = TwoPhaseEstimate(strata)
        #expect(estimate.limit(alpha: 0.05) == ByteCount(20_000))
        #expect(estimate.reportedRisk(above: ByteCount(20_000)) == 0)
        #expect(estimate.reportedRisk(above: ByteCount(19_999)) == 1)
        #expect(estimate.rarestClassSeen == 0)
    }

    @Test func aStratumWithoutRandomRowsHasNoLimitUnlessBounded() throws {
        var strata = StoredSizeStrata()
        strata.add(stored: ByteCount(1000), count: 50)
        strata.add(stored: ByteCount(90), count: 50)
        strata.addRandom(stored: ByteCount(1000), size: ByteCount(3000))
        #expect(TwoPhaseEstimate(strata).limit(alpha: 0.05) == nil)
        #expect(TwoPhaseEstimate(strata).risk(above: ByteCount(1 << 40)) == 1)
        let bounded = TwoPhaseEstimate(strata, expansion: 88)
        #expect(try #require(bounded.limit(alpha: 0.05)) <= (try #require(bounded.strictBound)))
    }

    @Test func mergingIsAssociativeAndCommutativeAndSurvivesJSON() throws {
        let all = try #require(try Fixture.decode([TwoPhaseCase].self, "two-phase.json").last).strata()
        var parts = [StoredSizeStrata(), StoredSizeStrata(), StoredSizeStrata()]
        var random = SplitMix64(seed: 1)
        for stratum in all.strata {
            for bucket in stratum.stored.buckets {
                parts[Int(random.next() % 3)].add(stored: bucket.upper, count: bucket.count)
            }
            for row in stratum.random {
                parts[Int(random.next() % 3)].addRandom(stored: row.stored, size: row.size)
            }
        }
        #expect(merged(merged(parts[0], parts[1]), parts[2]) == merged(parts[2], merged(parts[1], parts[0])))
        let decoded = try JSONDecoder().decode(StoredSizeStrata.self, from: try JSONEncoder().encode(all))
        #expect(decoded == all)
    }

    private func merged(_ left: StoredSizeStrata, _ right: StoredSizeStrata) -> StoredSizeStrata {
        var merged = left
        merged.merge(right)
        return merged
    }

    /// Plain json is no larger than what is stored of it, and where all compressed values were read nothing else is assumed.
    @Test func aPlainValueHasNoRatio() throws {
        var strata = StoredSizeStrata()
        strata.add(stored: ByteCount(2000), isCompressed: false, count: 1000)
        strata.addRandom(stored: ByteCount(2000), isCompressed: false, size: ByteCount(1999))
        strata.add(stored: ByteCount(100), isCompressed: true, count: 2)
        for size in [Int64(700), 8000] {
            strata.addRandom(stored: ByteCount(100), isCompressed: true, size: ByteCount(size))
        }
        let estimate = TwoPhaseEstimate(strata, expansion: 256)
        #expect(estimate.leavesPlainOnly && estimate.compressedRows == 2)
        #expect(estimate.strictBound == ByteCount(8000))
        #expect(estimate.isProven(at: ByteCount(8000)))
        #expect(estimate.limit(alpha: 0.01) == ByteCount(8000))
        #expect(estimate.randomRows == 3 && estimate.randomRowsAmongUnread == 1)
        #expect(estimate.rarestClassSeen > 0.99)
        #expect(TwoPhaseEstimate(strata).strictBound == nil)
        let stored = try JSONDecoder().decode(StoredSizeStrata.self, from: try JSONEncoder().encode(strata))
        #expect(stored == strata && stored.tellsCompression)
    }

    @Test func theRarestClassSeenIsThatOfTheStratumOfWhichLeastWasRead() {
        var strata = StoredSizeStrata()
        strata.add(stored: ByteCount(10), isCompressed: false, count: 900)
        strata.add(stored: ByteCount(1000), isCompressed: true, count: 100)
        for _ in 0..<30 {
            strata.addRandom(stored: ByteCount(10), isCompressed: false, size: ByteCount(10))
            strata.addRandom(stored: ByteCount(1000), isCompressed: true, size: ByteCount(3000))
        }
        let estimate = TwoPhaseEstimate(strata)
        // Of 900 rows of the stratum, of 1,000 in all, 3 in 30 have to be of it.
        #expect(abs(estimate.rarestClassSeen - 0.09) < 1e-9)
        #expect(estimate.compressedRows == 100 && !estimate.leavesPlainOnly)
    }

    @Test func strataArePowersOfFour() {
        let strata = [0, 1, 3, 4, 15, 16, 63, 64, 1 << 40].map { StoredSizeStrata.stratum(of: ByteCount($0)) }
        #expect(strata == [0, 0, 0, 1, 1, 2, 2, 3, 20])
    }
}
