import LOBProfile
import PostgreSQLClient

/// Coming closer to what cannot be read.
extension TaskReader {
    /// Gives a table up that is no longer the planned one: dropped where nothing has its name any more, refused where reading it
    /// would run code of others by now.
    ///
    /// A change is noticed in several ways, depending on the moment; the reason does not depend on which was first.
    func giveUpChanged(_ work: ScanQueue.Work, over connection: inout Connection) throws(PostgreSQLError) {
        if let reason = preamble.code?.refusal(of: work.scan.plan.relation.oid) {
            return work.scan.giveUp(.foreignCode, detail: reason, ending: work.taken)
        }
        let query = IdentityCheck(relation: work.scan.plan.relation, columns: []).nameIsTaken
        var isTaken = false
        // An old snapshot does not know that a table was dropped.
        var current = preamble
        current.snapshot = nil
        try ReadTransaction(current).run(query, over: &connection) {
            (row: borrowing Row) throws(PostgreSQLError) in isTaken = try row.bool(0)
        }
        work.scan.giveUp(isTaken ? .changed : .dropped, detail: nil, ending: work.taken)
    }

    /// Gives a table up that the role may not read, with the reason by which the catalog would have refused it.
    func giveUpRefused(_ work: ScanQueue.Work, over connection: inout Connection) throws(PostgreSQLError) {
        let refusal = try Refusal(of: work.scan.plan.relation, preamble, over: &connection)
        work.scan.giveUp(refusal.reason, detail: nil, ending: work.taken)
    }

    /// Reads a single row column by column, so that one bad value does not cost the others.
    ///
    /// - Throws: `PostgreSQLError` for what is not the row's fault; then nothing of it was counted.
    func readRow(
        _ range: TIDRange, _ work: ScanQueue.Work, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let (scan, wanted) = (work.scan, work.scan.wanted(from: range.start))
        let row = try RowOutcome(columns: scan.scannedColumns, fullCount: scan.fullCount) {
            (indices) throws(PostgreSQLError) in
            let packed = PackedScan(
                source: try TableSource(
                    scan.plan.relation,
                    columns: indices.filter { $0 < scan.fullCount }.map { scan.scannedColumns[$0] },
                    storedColumns: indices.filter { $0 >= scan.fullCount }.map { scan.scannedColumns[$0] }))
            var answer = ScanAnswer(packed, wanted: wanted.selecting(indices))
            let isSame = try byPlaces(
                packed.statement(
                    where: condition(work.taken.task, range), wanted: wanted.selecting(indices)),
                of: identity(of: scan, packed.source.columns), over: &connection
            ) { (row: borrowing Row) throws(PostgreSQLError) in try answer.add(row) }
            return isSame ? try answer.counted() : nil
        }
        guard let row else { return try giveUpChanged(work, over: &connection) }
        scan.add(row, of: work.taken)
    }

    /// Whether the rows of a range can be reached at all, whatever their values are.
    ///
    /// - Throws: `PostgreSQLError` for anything but damage.
    func canCount(
        _ range: TIDRange, _ work: ScanQueue.Work, over connection: inout Connection
    ) throws(PostgreSQLError) -> Bool {
        let source = try TableSource(work.scan.plan.relation, columns: [])
        do throws(PostgreSQLError) {
            // Reading the rows finds a change again, and gives the table up.
            _ = try byPlaces(
                "SELECT pg_catalog.count(*) FROM \(source.relation) WHERE \(range.condition)",
                of: identity(of: work.scan, work.scan.scannedColumns), over: &connection
            ) { (_: borrowing Row) throws(PostgreSQLError) in }
            return true
        } catch {
            guard case .halve(.damaged) = ScanFault(error) else { throw error }
            return false
        }
    }

    /// The row of a range with the largest stored value among those whose text has to be made: most likely the one whose text
    /// is too large.
    ///
    /// To find it costs next to nothing, to try the halves again what the whole did.
    ///
    /// - Returns: nil where there is none.
    func largestStored(
        _ range: TIDRange, _ work: ScanQueue.Work, over connection: inout Connection
    ) throws(PostgreSQLError) -> TIDRange.Place? {
        let columns = work.scan.scannedColumns.prefix(work.scan.fullCount).filter {
            !$0.family.sizeIsInHeader
        }
        guard !columns.isEmpty else { return nil }
        let source = try TableSource(work.scan.plan.relation, columns: [], storedColumns: Array(columns))
        var place: TIDRange.Place?
        let isSame = try byPlaces(
            """
            SELECT r.ctid FROM \(source.relation) WHERE \(condition(work.taken.task, range))
             ORDER BY coalesce(GREATEST(\(source.sizes.joined(separator: ", "))), -1) DESC LIMIT 1
            """, of: identity(of: work.scan, Array(columns)), over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in place = try TIDRange.place(of: try row.bytes(0)) }
        return isSame ? place : nil
    }
}
