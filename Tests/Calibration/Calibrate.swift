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
        let targets = Targets(
            sampling: sampling, twoPhase: twoPhase.flatMap(\.self), growth: growth, seed: seed)
        print(
            Preface(repetitions: repetitions, seed: seed, data: data, cases: cases.count).markdown
                + targets.markdown
                + OtherSeeds(sets: data.sizes, repetitions: repetitions, seed: seed).markdown
                + SamplingReport(cases: sampling).markdown
                + RiskReport(cases: sampling).markdown
                + JointRisk(cases: cases, seed: seed).markdown
                + TwoPhaseReport(designs: twoPhase, attacks: attacks).markdown
                + GrowthReport(rates: growth).markdown + CostReport(seed: seed).markdown,
            terminator: "")
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        finish(
            "\(cases.count) samples in \(seconds.fixed(1)) s", status: targets.isKept ? 0 : 1)
    }

    private static func finish(_ message: String, status: Int32) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(status)
    }
}
