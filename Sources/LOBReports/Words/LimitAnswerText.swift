import LOBAdvice
import SizeStatistics

/// What a limit does, answered directly: `128 KB would cut 3 values today; risk of another 4 %`.
enum LimitAnswerText {
    /// The answer for one table.
    ///
    /// - Parameter isRule: whether it is the limit of the table's rule; others cut nothing unless they are deployed.
    static func line(_ answer: LimitAnswer, isRule: Bool) -> String {
        "\(answer.limit.count) KB \(isRule ? "cuts" : "would cut") \(values(answer.cut)); \(another(answer))"
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
            }.map { answer in
                let table = figures.table
                let isRule =
                    table.isSelected && table.mode == .limited && table.bulkMaxSize == answer.limit
                return (table.name.losslessText, line(answer, isRule: isRule))
            }
        }
    }

    /// What the figures mean, for a reader who sees them first.
    static let legend = """
        Values cut today are counted where every value was measured, else estimated, with the range that holds with \
        95 %. The risk of another is the probability that a value is cut beyond those that were seen: one that was not read, or \
        one that still arrives.
        """

    private static func values(_ rows: CutCurve.Rows?) -> String {
        switch rows {
        case nil: "a number of values that is not known"
        case .exact(0)?: "no value today"
        case .exact(1)?: "1 value today"
        case let rows?: "\(CutText.count(rows)) values today"
        }
    }
}
