/// What is said of rows to come, in sentences for a reader without statistics.
struct GrowthStatement {
    /// Where nobody said how many rows arrive.
    static let notAsked =
        "Rows that arrive or grow after that are not in it: profile again shortly before the cut-over, or say how many "
        + "are expected (--growth)."

    /// Where a rate was asked for and is not known.
    static let unknownRate =
        "How fast rows arrive here is not known, so rows to come are left out: compare with an earlier profile "
        + "(--growth-since) or give their number (--growth ROWS)."

    /// For a table in which nothing arrives.
    static let nothingArrives =
        "At the rate so far no row is expected to arrive until the cut-over; profile again shortly before it to be sure."

    /// What a sample cannot do, and a complete scan does: look at the most recent rows by themselves.
    static let newestNotKnown = """
        New rows are often larger than old ones. A sample does not hold all of the newest rows, so a trend among them \
        cannot be seen: to have them looked at by themselves, read every row.
        """

    /// What makes a forecast surer.
    static let lessToCome =
        "For more certainty, profile again shortly before the cut-over: then only few rows are still to come."

    let growth: ColumnGrowth
    let risk: Double

    /// For a forecast that a limit can be taken from.
    func usable(_ limit: ByteCount) -> String {
        """
        \(expected) Assuming that they are like \(like), with probability \((1 - risk).percentText) no value, \
        present or new, is larger than \(limit.bytes) bytes. \(Self.lessToCome)
        """
    }

    /// For a forecast that would be guessing.
    func refused(_ reason: String) -> String {
        """
        \(expected) Of them nothing can be said: \(reason). So no limit is given. Profile again when more rows are \
        there, or shortly before the cut-over without --growth. Unlimited LOB mode needs no limit.
        """
    }

    private var expected: String {
        let rows = growth.expected.rows
        let count =
            "Until the cut-over \(rows == 1 ? "1 row is" : "\(rows) rows are") expected to arrive at most"
        switch growth.expected.rate?.source {
        case nil:
            return
                "Until the cut-over \(rows == 1 ? "1 row is" : "\(rows) rows are") expected to arrive, as given."
        case .statistics?: return "\(count), at the rate of inserts that the server has counted."
        case .snapshot?: return "\(count), at the rate since the earlier profile."
        }
    }

    private var like: String {
        growth.estimate.recent.isEmpty
            ? "those present" : "those present, or like the most recent of them, whichever asks for more"
    }
}
