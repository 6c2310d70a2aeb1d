import LOBAdvice
import SizeStatistics

/// What is said of rows to come, in sentences for a reader without statistics.
extension EstimateReason.Forecast {
    var text: String {
        switch self {
        case .notAsked: Self.notAskedText
        case .rateNotKnown: Self.unknownRate
        case .nothingArrives: Self.nothing
        case .inSample: "\(Self.newestNotKnown) \(Self.lessToCome)"
        case .limit(let limit, let risk, let growth): growth.text(of: limit, risk)
        case .refused(let refusal, let growth): growth.text(of: refusal)
        }
    }

    private static let notAskedText =
        "Rows that arrive or grow after that are not in it: profile again shortly before the cut-over, or say how many "
        + "are expected (--growth)."

    private static let unknownRate =
        "How fast rows arrive here is not known, so rows to come are left out: compare with an earlier profile "
        + "(--growth-since) or give their number (--growth ROWS)."

    private static let nothing =
        "At the rate so far no row is expected to arrive until the cut-over; profile again shortly before it to be sure."

    /// What a sample cannot do, and a complete scan does: look at the most recent rows by themselves.
    private static let newestNotKnown = """
        New rows are often larger than old ones. A sample does not hold all of the newest rows, so a trend among them \
        cannot be seen: to have them looked at by themselves, read every row.
        """

    /// What makes a forecast surer.
    fileprivate static let lessToCome =
        "For more certainty, profile again shortly before the cut-over: then only few rows are still to come."
}

extension ColumnGrowth {
    /// For a forecast that a limit can be taken from.
    fileprivate func text(of limit: ByteCount, _ risk: Double) -> String {
        """
        \(arriving) Assuming that they are like \(like), with probability \((1 - risk).percentText) no value, \
        present or new, is larger than \(limit.bytes) bytes. \(EstimateReason.Forecast.lessToCome)
        """
    }

    /// For a forecast that would be guessing.
    fileprivate func text(of refusal: Refusal) -> String {
        let reason =
            switch refusal {
            case .noValue: "no value was there to learn from"
            case .fewValues(let count): "\(count) values are too few to say anything about more than as many"
            }
        return """
            \(arriving) Of them nothing can be said: \(reason). So no limit is given. Profile again when more rows are \
            there, or shortly before the cut-over without --growth. \(EstimateReason.unlimited)
            """
    }

    private var arriving: String {
        let rows =
            "Until the cut-over \(expected.rows == 1 ? "1 row is" : "\(expected.rows) rows are") expected to arrive"
        return switch expected.rate?.source {
        case nil: "\(rows), as given."
        case .statistics?: "\(rows) at most, at the rate of inserts that the server has counted."
        case .snapshot?: "\(rows) at most, at the rate since the earlier profile."
        }
    }

    private var like: String {
        estimate.recent.isEmpty
            ? "those present" : "those present, or like the most recent of them, whichever asks for more"
    }
}
