import LOBAdvice
import SizeStatistics

/// What a limit does, answered directly: `128 KB cuts 3 values today; risk of another 4 %`.
enum LimitAnswerText {
    /// The answer for one table.
    static func line(_ answer: LimitAnswer) -> String {
        "\(answer.limit.count) KB \(cut(answer.cut)); \(another(answer))"
    }

    private static func another(_ answer: LimitAnswer) -> String {
        answer.riskOfAnother == 0
            ? "no other value" : "risk of another \(RiskText.figure(answer.riskOfAnother))"
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
        Values cut today are counted where every value was measured, else estimated, with the range that holds with \
        95 %. The risk of another is the probability that a value is cut beyond those that were seen: one that was not read, or \
        one that still arrives.
        """

    private static func cut(_ rows: CutCurve.Rows?) -> String {
        switch rows {
        case nil: "cuts a number of values that is not known"
        case .exact(0)?: "cuts no value today"
        case .exact(1)?: "cuts 1 value today"
        case let rows?: "cuts \(CutText.count(rows)) values today"
        }
    }
}
