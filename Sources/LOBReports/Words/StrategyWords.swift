import LOBAdvice

/// What each strategy would give, and what a few large values cost.
enum StrategyWords {
    /// The strategies in a table; nil where there is nothing to decide or too much to try.
    static func table(_ outcomes: [StrategyOutcome], taken: Policy.Strategy) -> PageTable {
        PageTable(
            "Strategies for tables whose values must not be cut", outcomes,
            [
                .init("Strategy") { outcome in
                    outcome.strategy == taken
                        ? "\(code: outcome.strategy.rawValue) (taken)" : .code(outcome.strategy.rawValue)
                },
                .init("Limited", isNumeric: true) { PageText(NumberText.grouped($0.limited)) },
                .init("Unlimited", isNumeric: true) { PageText(NumberText.grouped($0.unlimited)) },
                .init("Largest limit", isNumeric: true) { outcome in
                    PageText(outcome.largestLimit.map { "\(NumberText.grouped($0.count)) KB" } ?? "none")
                },
                .init("Values looked up in CDC", isNumeric: true) { PageText(FigureText.words($0.lookUps)) },
                .init("Risk of a cut", isNumeric: true) { PageText(RiskText.figure($0.risk)) },
            ])
    }

    /// That a few values make a table unlimited, and what can be done.
    static func sentence(_ outliers: Outliers, of table: RelationName) -> PageText {
        let above = CutText.count(outliers.above)
        let isOne = outliers.above == .exact(1)
        let limit = "\(outliers.limit.count) KB"
        let values = FigureText.counted(outliers.values, "value")
        return """
            \(code: table.losslessText): only \(above) of \(values) \(isOne ? "needs" : "need") more than \(limit). A task of its own \
            limited to \(limit), with truncation accepted there and \(code: "lobscope patch-plan") for \(isOne ? "that row" : "those rows"), \
            needs no look-ups.
            """
    }
}
