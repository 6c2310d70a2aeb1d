import Foundation
import SizeStatistics

/// What the estimates of one column cost, on the machine that wrote the report.
///
/// Not a test: speed depends on the machine. The inputs are the largest that a column gives.
struct CostReport {
    /// The most milliseconds that a column may take.
    static let target = 5.0
    private static let alphas = [0.05, 0.01, 0.2]
    private static let limits = (0..<12).map { ByteCount(Int64(1024) << Int64($0)) }

    let seed: UInt64

    var markdown: String {
        var random = SplitMix64(seed, 11)
        let sizes = (0..<100_000).map { _ in Self.size(&random) }
        let other = (0..<100_000).map { _ in Self.size(&random) }
        let (first, second) = (Self.blocks(sizes), Self.blocks(other))
        let recent = Sample.distribution(sizes.suffix(4000))
        let (strata, measured) = Self.strata(sizes, &random)
        let rows = [
            ("sample of 100,000 rows", Self.milliseconds { Self.rows(first.rows) }),
            ("sample of 5,000 blocks of 20 rows", Self.milliseconds { Self.blocks(first) }),
            (
                "two phases, 1,000 largest and 300 of each stratum",
                Self.milliseconds { Self.twoPhase(strata, measured) }
            ),
            (
                "rows to come, all and the most recent 4,000",
                Self.milliseconds { Self.growth(first.rows, recent) }
            ),
            ("comparison of two samples of 5,000 blocks", Self.milliseconds { Self.compare(first, second) }),
            (
                "comparison of two measurements in two phases",
                Self.milliseconds {
                    StoredSizeComparison(before: strata, after: strata).isDifferent() ? 1 : 0
                }
            ),
        ]
        return """
            ## Time of the estimates

            Milliseconds of a processor for one column: median of 25 runs on the machine that wrote this, compiled with \
            optimisation. At most \(Self.target.fixed(0)) are wanted. Sizes are heavy-tailed, 1,024 or more of them \
            distinct. An estimate is limits at three risks, and what is cut at twelve limits; of rows to come a limit and how many \
            rows it holds.


            """
                + Markdown.table(
                    ["estimate", "ms"],
                    rows.map { [$0.0, $0.1.fixed(2) + ($0.1 <= Self.target ? "" : " **missed**")] })
    }

    private static func size(_ random: inout SplitMix64) -> Int64 {
        Int64(400 / (random.uniform() + 1e-9).squareRoot())
    }

    /// The median of several runs, in time of the processor; what they compute is used, so that nothing is left out.
    private static func milliseconds(_ work: () -> Double) -> Double {
        var used = 0.0
        let times = (0..<25).map { _ in
            // POSIX: a clock of a million ticks a second.
            let start = clock()
            for _ in 0..<4 { used += work() }
            return Double(clock() - start) / 4000
        }.sorted()
        return used.isNaN ? .nan : times[times.count / 2]
    }

    private typealias Blocks = (summary: BlockSummary, rows: SizeDistribution)

    private static func blocks(_ sizes: [Int64]) -> Blocks {
        var summary = BlockSummary()
        for start in stride(from: 0, to: sizes.count, by: 20) {
            summary.add(sizes: sizes[start..<min(start + 20, sizes.count)].map { ByteCount($0) }, nulls: 0)
        }
        return (summary, Sample.distribution(sizes))
    }

    private static func strata(_ sizes: [Int64], _ random: inout SplitMix64)
        -> (StoredSizeStrata, SizeDistribution)
    {
        var (strata, measured) = (StoredSizeStrata(), SizeDistribution())
        for size in sizes { strata.add(stored: ByteCount(size)) }
        let sorted = sizes.sorted(by: >)
        for size in sorted.prefix(1000) {
            strata.addLargest(stored: ByteCount(size), size: ByteCount(size * 3))
            measured.add(ByteCount(size * 3))
        }
        let rest = Dictionary(grouping: sorted.dropFirst(1000)) {
            StoredSizeStrata.stratum(of: ByteCount($0))
        }
        for (_, sizes) in rest.sorted(by: { $0.key < $1.key }) {
            for size in sizes.prefix(300) {
                let full = Int64(Double(size) * (2 + 2 * random.uniform()))
                strata.addRandom(stored: ByteCount(size), size: ByteCount(full))
                measured.add(ByteCount(full))
            }
        }
        return (strata, measured)
    }

    private static func estimate(_ side: MeasuredSide, _ units: SampledUnits) -> Double {
        let tail = AnchoredTail(units)
        let curve = CutCurve(sampled: side, population: 2_000_000, tail: tail, limits: limits)
        let bytes = alphas.reduce(Int64(0)) { $0 + tail.limit(alpha: $1).bytes }
        return Double(bytes) + curve.points.reduce(0) { $0 + $1.rows.expected }
    }

    private static func rows(_ rows: SizeDistribution) -> Double {
        estimate(MeasuredSide(rows, design: .rows), SampledUnits(rows: rows, population: 2_000_000))
    }

    private static func blocks(_ sample: Blocks) -> Double {
        estimate(
            MeasuredSide(sample.rows, design: .blocks(sample.summary)),
            SampledUnits(blocks: sample.summary, rows: sample.rows, population: 100_000))
    }

    private static func twoPhase(_ strata: StoredSizeStrata, _ measured: SizeDistribution) -> Double {
        let estimate = TwoPhaseEstimate(strata)
        let curve = CutCurve(twoPhase: estimate, measured: measured, limits: limits)
        let bytes = alphas.reduce(Int64(0)) { $0 + (estimate.limit(alpha: $1)?.bytes ?? 0) }
        return Double(bytes) + curve.points.reduce(0) { $0 + $1.rows.expected }
    }

    private static func growth(_ all: SizeDistribution, _ recent: SizeDistribution) -> Double {
        let estimate = GrowthEstimate(
            history: SampledUnits(rows: all, population: all.rows),
            recent: [SampledUnits(rows: recent, population: recent.rows)])
        let limit = estimate.limit(alpha: 0.05, future: 1000)
        return Double(estimate.rowsHeld(by: limit, alpha: 0.05) ?? 0)
    }

    private static func compare(_ first: Blocks, _ second: Blocks) -> Double {
        let comparison = DistributionComparison(
            before: MeasuredSide(first.rows, design: .blocks(first.summary)),
            after: MeasuredSide(second.rows, design: .blocks(second.summary)))
        return comparison.isDifferent() ? 1 : 0
    }
}
