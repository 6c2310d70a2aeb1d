/// Limits from stored sizes of all rows and true sizes of some.
struct TwoPhaseReport {
    let designs: [[TwoPhaseCase]]
    let attacks: [[TwoPhaseCase]]

    var markdown: String {
        "## Two-phase measurement, at a risk of 5 %\n\n"
            + "Beside it, as many rows at random and the anchored tail.\n\n"
            + zip(TwoPhaseBenchmark.designs, designs).map { design, cases in
                "### \(design.largest) largest stored rows and \(design.random) random rows of each stratum\n\n"
                    + sets(cases)
            }.joined() + attack
    }

    private func sets(_ cases: [TwoPhaseCase]) -> String {
        let groups = Dictionary(grouping: cases, by: \.set).sorted { $0.key < $1.key }
        return Markdown.table(
            [
                "set", "repetitions", "largest value read", "coverage", "provision, median", "90 %",
                "random rows: coverage", "median", "90 %",
            ],
            groups.map { [$0.key, "\($0.value.count)"] + columns($0.value) }
                + [["**all**", "\(cases.count)"] + columns(cases)])
    }

    private func columns(_ cases: [TwoPhaseCase]) -> [String] {
        let weighted = Weighted(cases, by: \.set)
        return [
            weighted.share { $0.isLargestRead }.percent, weighted.share { $0.provision >= 1 }.fixed(3),
            weighted.quantile(0.5) { $0.provision }.fixed(3),
            weighted.quantile(0.9) { $0.provision }.fixed(2),
            weighted.share { $0.randomProvision >= 1 }.fixed(3),
            weighted.quantile(0.5) { $0.randomProvision }.fixed(1),
            weighted.quantile(0.9) { $0.randomProvision }.fixed(1),
        ]
    }

    private var attack: String {
        let rows = zip(AttackBenchmark.shares, attacks).map { share, cases in
            ["\((share * 100).fixed(2)) %", "\(cases.count)"] + columns(cases).prefix(4)
        }
        return
            "### Where it fails: rare rows of ratio 80 among \(AttackBenchmark.rows) synthetic rows of ratio 3\n\n"
            + "Hence the assumption that lobscope prints: no class of rows, rarer than 3 / (number of rows read "
            + "at random), that compresses far better than all seen ones.\n\n"
            + Markdown.table(
                [
                    "share of such rows", "repetitions", "largest value read", "coverage",
                    "provision, median", "90 %",
                ],
                rows)
    }
}

/// Limits for rows still to arrive.
struct GrowthReport {
    let rates: [[GrowthCase]]

    var markdown: String {
        let rows = zip(GrowthBenchmark.rates, rates).map { rate, cases in
            let weighted = Weighted(cases, by: \.set)
            return [
                "\((rate * 100).fixed(0)) %", "\(cases.count)", weighted.share { $0.isExceeded }.fixed(3),
                weighted.mean { $0.exchangeable }.fixed(3),
                weighted.share { $0.arrived <= $0.history }.fixed(3),
                weighted.share { $0.arrived <= $0.both }.fixed(3),
                weighted.quantile(0.5) { $0.both }.fixed(2),
                weighted.quantile(0.9) { $0.both }.fixed(1),
            ]
        }
        return "## Rows still to arrive, at a risk of 5 %\n\n"
            + "The first rows of each part are known, the next ones in the table's order arrive. New rows are "
            + "not like old ones, which is why lobscope takes the largest of four forecasts: from all rows, the most recent half, "
            + "quarter, and as many as are to come.\n\n"
            + Markdown.table(
                [
                    "new / known rows", "forecasts", "new largest", "if they were alike",
                    "coverage, all rows",
                    "coverage, all and most recent", "limit / known largest, median", "90 %",
                ], rows)
    }
}
