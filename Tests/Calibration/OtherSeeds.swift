/// The targets with samples drawn by other seeds: how far the figures of one seed are luck.
struct OtherSeeds {
    static let count = 3

    let sets: [SizeSet]
    let repetitions: Int
    let seed: UInt64

    var markdown: String {
        let seeds = (1...Self.count).map { seed + 101 * UInt64($0) }
        let drawn = seeds.map { seed in
            Targets(
                sampling: Weighted(
                    SamplingBenchmark(sets: sets, repetitions: repetitions, seed: seed).run(), by: \.set),
                twoPhase: [], growth: [], seed: seed)
        }
        let columns = drawn.map(\.ofSampling)
        let rows = columns[0].indices.map { row in
            [columns[0][row].name, columns[0][row].target]
                + columns.map { $0[row].measured }
        }
        return "### Other seeds\n\n"
            + "As many samples again by each of other seeds. One seed is a draw "
            + "of its own, and a figure near its target is missed with some of them.\n\n"
            + Markdown.table(["", "target"] + seeds.map { "seed \($0)" }, rows)
    }
}
