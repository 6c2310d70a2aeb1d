import LOBAdvice

/// Look-ups of a full load for each inline threshold, the chosen one marked.
enum HTMLInline {
    /// A table with one row; empty where nothing is known.
    static func table(_ table: TableRecommendation, _ name: String, _ recommender: Recommender) -> String {
        let alternatives = ModeAlternatives(table, by: recommender)
        guard table.hasLOBs, !alternatives.inline.isEmpty, alternatives.values.value ?? 0 > 0 else {
            return ""
        }
        let columns =
            [(title: "bulk-max-size", isNumeric: false)]
            + alternatives.inline.map { (title: "\($0.size.count) Kb", isNumeric: true) }
        let counts = alternatives.inline.map { threshold in
            let count = HTMLText.escape(AlternativeText.count(threshold.lookUps, of: alternatives))
            return threshold.isChosen ? "<strong>\(count)</strong>" : count
        }
        return HTMLMarkup.table(
            "Look-ups of a full load in unlimited mode, in \(name); marked is the smallest size that holds 99 % of each column, or 64 KB",
            columns, [["look-ups"] + counts])
    }
}
