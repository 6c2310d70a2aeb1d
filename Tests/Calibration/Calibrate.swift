import Foundation
import SizeStatistics

/// Measures how accurate the estimates are on real size data and prints the report; fails where a target is missed.
///
/// Run by `script/calibrate`.
@main
struct Calibrate {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 3, let repetitions = Int(arguments[1]), repetitions > 0,
            let seed = UInt64(arguments[2])
        else { return finish("usage: calibrate DATA REPETITIONS SEED", status: 64) }
        let start = ContinuousClock.now
        let data = try DataFolder(path: arguments[0])
        let cases = SamplingBenchmark(sets: data.sizes, repetitions: repetitions, seed: seed).run()
        let sampling = Weighted(cases, by: \.set)
        let twoPhase = TwoPhaseBenchmark(sets: data.pairs, repetitions: 5 * repetitions, seed: seed).run()
        let attacks = AttackBenchmark(repetitions: 5 * repetitions, seed: seed).run()
        let growth = GrowthBenchmark(sets: data.sizes, repetitions: repetitions, seed: seed).run()
        let targets = Targets(sampling: sampling, twoPhase: twoPhase.flatMap(\.self), seed: seed)
        print(
            Preface(repetitions: repetitions, seed: seed, data: data, cases: cases.count).markdown
                + targets.markdown + SamplingReport(cases: sampling).markdown
                + RiskReport(cases: sampling).markdown
                + TwoPhaseReport(designs: twoPhase, attacks: attacks).markdown
                + GrowthReport(rates: growth).markdown,
            terminator: "")
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        finish(
            "\(cases.count) samples in \(seconds.fixed(1)) s; \(cost(data.sizes, seed).fixed(2)) ms for a column",
            status: targets.isKept ? 0 : 1)
    }

    /// Milliseconds for the fit, three limits and the verdict of one column; not part of the report, which must
    /// not depend on the machine.
    private static func cost(_ sets: [SizeSet], _ seed: UInt64) -> Double {
        var random = SplitMix64(seed)
        guard let set = sets.max(by: { $0.sizes.count < $1.sizes.count }) else { return .nan }
        let rows = random.choose(set.sizes.count / 5, below: set.sizes.count).map { set.sizes[$0] }
        let units = SampledUnits(rows: Sample.distribution(rows), population: set.sizes.count)
        let start = ContinuousClock.now
        for _ in 0..<100 {
            let tail = TailPredictive(units)
            for alpha in SamplingBenchmark.alphas { _ = tail.limit(alpha: alpha) }
            _ = tail.verdict(alpha: 0.05)
        }
        return (ContinuousClock.now - start) / .milliseconds(100)
    }

    private static func finish(_ message: String, status: Int32) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(status)
    }
}
