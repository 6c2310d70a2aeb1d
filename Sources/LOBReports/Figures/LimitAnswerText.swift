import LOBAdvice
import SizeStatistics

/// What a limit does, answered directly: `at 128 KB: 3 values are cut now; P(another) 4 %`.
enum LimitAnswerText {
    /// The answer for one table.
    static func line(_ answer: LimitAnswer) -> String {
        "at \(answer.limit.count) KB: \(cut(answer.cut)); P(another) \(RiskText.figure(answer.riskOfAnother))"
    }

    /// Every table that has a LOB, with the answer to the limit that was asked about; empty where none was.
    static func all(_ report: Report) -> [(table: String, text: String)] {
        let recommender = report.recommender
        return TableFigures.lobTable(report).compactMap { figures in
            recommender.limit(askedOf: figures.table).flatMap { limit in
                recommender.answer(for: figures.table, at: limit)
            }.map { (figures.table.name.losslessText, line($0)) }
        }
    }

    /// What the figures mean, for a reader who sees them first.
    static let legend = """
        Values cut now are counted where every value was measured, else estimated, with the range that holds with \
        95 %. P(another) is the probability that a value is cut beyond those that were seen: one that was not read, or \
        one that still arrives.
        """

    private static func cut(_ rows: CutCurve.Rows?) -> String {
        switch rows {
        case nil: "how many values are cut now is not known"
        case .exact(0)?: "no value is cut now"
        case .exact(1)?: "1 value is cut now"
        case let rows?: "\(CutText.count(rows)) values are cut now"
        }
    }
}
