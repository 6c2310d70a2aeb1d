/// What a bound says of a column of which no row was read, in sentences for a reader without statistics: what was looked at,
/// what is sure, what is not known, what to do for more certainty.
struct BoundStatement {
    let bound: SizeBound
    /// What was read beside it, for the histogram; nil where nothing was.
    let sample: SizeDistribution?
    /// What no value of the column exceeds.
    let size: ByteCount
    /// The most characters that the type of the column holds; nil where that does not bound it.
    let characters: Int?
    /// The role that measured; nil where that is not known.
    let role: Identifier?
    /// Surer ways to measure the column.
    let surer: [TablePlan.SurerRoute]

    /// For a bound of one moment.
    var usable: String {
        """
        \(read) \(inRows)\(declared) So none of the rows present has a value larger than \(size.bytes) bytes in it: \
        that is certain, and no value need be nearly as large. \(remedy)
        """
    }

    /// For what was looked at in several moments.
    var refused: String {
        """
        \(read) That was in several moments: a value that came meanwhile may have been missed, so no limit is given. Profile a \
        replica whose replay is paused, or raise --snapshot-limit. \(remedy) Unlimited LOB mode needs no limit.
        """
    }

    /// Where rows are still to come.
    func refused(for rows: Int) -> String {
        """
        \(usable) Until the cut-over \(rows == 1 ? "1 row is" : "\(rows) rows are") expected to arrive, of which it says \
        nothing. So no limit is given. Unlimited LOB mode needs no limit.
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
        "How large the largest is takes reading the rows: \(SurerText.advice(surer))."
    }
}

extension ColumnEstimator {
    /// The estimate for a column of which only a bound is known.
    func bounded(
        _ measurement: ColumnMeasurement, by bound: SizeBound, _ column: Column, of table: TableProfile
    ) -> ColumnEstimate {
        let declared = column.declaredLength.map { ByteCount(Int64($0) * Self.longestCharacter) }
        let isDeclared = declared.map { $0 < bound.size } ?? false
        let size = isDeclared ? declared ?? bound.size : bound.size
        let text = BoundStatement(
            bound: bound, sample: measurement.blocks == nil ? nil : measurement.distribution, size: size,
            characters: isDeclared ? column.declaredLength : nil,
            role: server?.role, surer: surer(than: .bound, column, of: table))
        guard table.reading?.certainty == .oneMoment else {
            return Self.refused(text.refused, .severalMoments)
        }
        let expected = expectation(of: table)
        if let rows = expected.known?.rows, rows > 0 {
            return Self.refused(text.refused(for: rows), .boundOfRowsPresent)
        }
        let later =
            expected.isUnknown
            ? GrowthStatement.unknownRate
            : expected.known == nil ? GrowthStatement.notAsked : GrowthStatement.nothingArrives
        return ColumnEstimate(
            coverage: .bounded, largest: nil, limit: size, statement: text.usable + " " + later,
            risk: expected.isUnknown ? .unknown : .bounded(by: size), largestSize: .atMost(size.bytes))
    }

    /// Bytes of a character in any encoding that a server can have.
    private static let longestCharacter: Int64 = 4

    private static func refused(_ statement: String, _ refusal: LimitRefusal) -> ColumnEstimate {
        ColumnEstimate(
            coverage: .refused, largest: nil, limit: nil, statement: statement, risk: .unknown,
            refusal: refusal)
    }
}
