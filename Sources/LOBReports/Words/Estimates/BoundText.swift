import LOBAdvice
import SizeStatistics

/// What a bound says of a column of which no row was read, in sentences for a reader without statistics: what was looked at,
/// what is sure, what is not known, what to do for more certainty.
extension EstimateReason.Bound {
    var text: String {
        switch use {
        case .limit: usable
        case .severalMoments: ofSeveralMoments
        case .rowsToCome(let rows): refused(for: rows)
        }
    }

    /// For a bound of one moment.
    private var usable: String {
        """
        \(read) \(inRows)\(declared) So none of the rows present has a value larger than \(size.bytes) bytes in it: \
        that is certain, and no value need be nearly as large. \(remedy)
        """
    }

    /// For what was looked at in several moments.
    private var ofSeveralMoments: String {
        """
        \(read) That was in several moments: a value that came meanwhile may have been missed, so no limit is given. Profile a \
        replica whose replay is paused, or raise --snapshot-limit. \(remedy) \(EstimateReason.unlimited)
        """
    }

    /// Where rows are still to come.
    private func refused(for rows: Int) -> String {
        """
        \(usable) Until the cut-over \(rows == 1 ? "1 row is" : "\(rows) rows are") expected to arrive, of which it says \
        nothing. So no limit is given. \(EstimateReason.unlimited)
        """
    }

    private var rows: String {
        guard let sample else { return "No row was read." }
        let largest =
            sample.largest.map { ", the largest value in them has \($0.bytes) bytes" }
            ?? ", none with a value"
        return
            "Only \(sample.rows == 1 ? "1 row" : "\(sample.rows) rows") of random blocks were read, for the histogram\(largest)."
    }

    private var read: String { "\(rows) \(toast)" }

    private var toast: String {
        guard let outside = bound.outside else {
            return "The table has no TOAST relation: all values are in its rows."
        }
        guard let values = outside.values, let chunks = outside.chunks else {
            return """
                The TOAST relation of the table may not be read by this role: by its \
                \(outside.storedBytes) bytes alone a value in it has at most \(outside.largest.bytes) bytes. GRANT \
                pg_read_all_data TO \(role.map(SQLText.quoted) ?? "the role") (PostgreSQL 14 and later) to have its values \
                looked at one by one.
                """
        }
        guard values > 0 else {
            return "No value of the table is outside of its rows, in TOAST."
        }
        return """
            The table has \(values == 1 ? "1 value" : "\(values) values") outside of its rows, in \
            \(chunks == 1 ? "1 chunk" : "\(chunks) chunks") of TOAST, of all columns together: by the number of chunks of each, \
            and by how those begin that could have more than a value in a row, none has more than \(outside.largest.bytes) bytes.
            """
    }

    private var inRows: String {
        "A value in its row is in one block, and compression makes it at most \(SizeBound.expansion) times smaller: it has "
            + "at most \(bound.inRows.bytes) bytes."
    }

    private var declared: String {
        characters.map { " The type holds \($0) characters, of 4 bytes at most." } ?? ""
    }

    private var remedy: String {
        "How large the largest is takes reading the rows: \(SurerText.advice(surer.routes))."
    }
}
