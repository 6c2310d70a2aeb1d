import RealModule
import SizeStatistics

/// One two-phase measurement and what came of it.
struct TwoPhaseCase {
    let set: String
    let rows: Int
    let read: Int
    let isLargestRead: Bool
    /// Limit over the largest size of the population, at 5 %.
    let provision: Double
    /// The same for as many random rows.
    let randomProvision: Double
}

/// Measures random parts of real (stored size, text size) data in two phases.
struct TwoPhaseBenchmark {
    /// Rows read for their stored size, and at random in each stratum.
    static let designs = [(largest: 50, random: 20), (largest: 200, random: 50)]

    let sets: [PairSet]
    let repetitions: Int
    let seed: UInt64

    /// Runs each design; parts so small that over 60 % of their rows would be read are left out.
    func run() -> [[TwoPhaseCase]] {
        Self.designs.map { design in
            sets.enumerated().flatMap { index, set in
                (0..<repetitions).compactMap { repetition in
                    var random = SplitMix64(seed, 5, UInt64(index), UInt64(repetition))
                    let share = 0.3 + 0.7 * random.uniform()
                    let count = Int(Double(set.rows.count) * share)
                    let rows = random.choose(count, below: set.rows.count).map { set.rows[$0] }
                    return Self.measure(rows, set.name, design, &random)
                }
            }
        }
    }

    static func measure(
        _ rows: [(stored: Int64, size: Int64)], _ set: String, _ design: (largest: Int, random: Int),
        _ random: inout SplitMix64
    ) -> TwoPhaseCase? {
        let (strata, read) = strata(rows, design, &random)
        guard Double(read) <= 0.6 * Double(rows.count) else { return nil }
        let truth = Double(rows.map(\.size).max() ?? 0)
        let limit = TwoPhaseEstimate(strata).limit(alpha: 0.05)
        let sample = random.choose(read, below: rows.count).map { rows[$0].size }
        let tail = AnchoredTail(SampledUnits(rows: Sample.distribution(sample), population: rows.count))
        return TwoPhaseCase(
            set: set, rows: rows.count, read: read,
            isLargestRead: Double(strata.largest?.bytes ?? 0) == truth,
            provision: Double(limit?.bytes ?? 0) / truth,
            randomProvision: Double(tail.limit(alpha: 0.05).bytes) / truth)
    }

    /// Reads the largest stored rows, and random ones of each stratum of the rest.
    private static func strata(
        _ rows: [(stored: Int64, size: Int64)], _ design: (largest: Int, random: Int),
        _ random: inout SplitMix64
    ) -> (StoredSizeStrata, Int) {
        var strata = StoredSizeStrata()
        for row in rows { strata.add(stored: ByteCount(row.stored)) }
        let sorted = rows.sorted { ($0.stored, $0.size) > ($1.stored, $1.size) }
        for row in sorted.prefix(design.largest) {
            strata.addLargest(stored: ByteCount(row.stored), size: ByteCount(row.size))
        }
        let rest = Dictionary(grouping: sorted.dropFirst(design.largest)) {
            StoredSizeStrata.stratum(of: ByteCount($0.stored))
        }
        for (_, rows) in rest.sorted(by: { $0.key < $1.key }) {
            for index in random.choose(min(design.random, rows.count), below: rows.count) {
                strata.addRandom(stored: ByteCount(rows[index].stored), size: ByteCount(rows[index].size))
            }
        }
        return (strata, min(design.largest, rows.count) + strata.randomRows)
    }
}

/// An attack on the two-phase design: a rare class of rows that compress far better than all others.
struct AttackBenchmark {
    static let shares = [0, 1e-4, 1e-3, 1e-2]
    static let rows = 100_000

    let repetitions: Int
    let seed: UInt64

    /// Runs for each share of such rows, of ratio 80 where others have about 3.
    func run() -> [[TwoPhaseCase]] {
        Self.shares.enumerated().map { index, share in
            (0..<repetitions).compactMap { repetition in
                var random = SplitMix64(seed, 6, UInt64(index), UInt64(repetition))
                let rows = (0..<Self.rows).map { _ in Self.row(share, &random) }
                return TwoPhaseBenchmark.measure(rows, "attack", (largest: 200, random: 50), &random)
            }
        }
    }

    private static func row(_ share: Double, _ random: inout SplitMix64) -> (stored: Int64, size: Int64) {
        let stored = Double.exp(7 + random.normal())
        let ratio = random.uniform() < share ? 80 : 3 * Double.exp(0.2 * random.normal())
        return (Int64(stored) + 1, Int64((stored + 1) * ratio))
    }
}
