import LOBProfile
import PostgreSQLClient
import SizeStatistics

extension TaskReader {
    /// Reads a foreign table.
    ///
    /// Whatever the other server or the wrapper says against it costs this table, and never our own connection.
    func readForeign(_ work: ScanQueue.Work, over connection: inout Connection) throws(PostgreSQLError) {
        let scan = work.scan
        let foreign = ForeignScan(source: try TableSource(scan.plan.relation, columns: scan.scannedColumns))
        var open = preamble.patient
        open.readsForeignTables = true
        var columns = scan.scannedColumns.map { _ in ColumnAccumulator() }
        var rows = 0
        let start = ContinuousClock.now
        let isSame: Bool
        do throws(PostgreSQLError) {
            isSame = try ReadTransaction(open).copy(
                foreign.statement, of: identity(of: scan, scan.scannedColumns), over: &connection
            ) { (row: borrowing CopyRow) throws(PostgreSQLError) in
                let count = Int(try row.int64(columns.count))
                for index in columns.indices {
                    columns[index].add(row.isNull(index) ? nil : try row.int32(index), count: count)
                }
                rows += count
            }
        } catch {
            guard connection.isAlive, let state = error.sqlState, Self.isOfTheOtherServer(state) else {
                throw error
            }
            return scan.giveUp(.foreignServer, detail: "\(error)", ending: work.taken)
        }
        guard isSame else { return try giveUpChanged(work, over: &connection) }
        scan.add(rows: rows, columns: columns, of: work.taken, took: start.duration(to: .now))
    }

    /// Errors of wrappers (HV), of their connections (08), missing passwords or user mappings, and what the other server does
    /// not have (42).
    private static func isOfTheOtherServer(_ state: SQLState) -> Bool {
        ["HV", "08", "28", "2F", "39", "38"].contains { state.sqlClass.utf8.elementsEqual($0.utf8) }
            || [.undefinedObject, .undefinedTable, .undefinedColumn, .invalidSchemaName].contains(state)
    }
}
