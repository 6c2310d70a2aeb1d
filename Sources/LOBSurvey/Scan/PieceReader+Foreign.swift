import LOBProfile
import PostgreSQLClient
import SizeStatistics

extension PieceReader {
    /// Reads a foreign table.
    ///
    /// Whatever the other server or the wrapper says against it costs this table, and never our own connection.
    func readForeign(_ scan: TableScan, over connection: inout Connection) throws(PostgreSQLError) {
        let relation = scan.plan.relation
        let foreign = ForeignScan(source: try TableSource(relation, columns: scan.fullColumns))
        let identity = IdentityCheck(
            relation: relation, columns: scan.fullColumns, seesOldCatalog: preamble.snapshot != nil)
        var open = preamble
        open.readsForeignTables = true
        open.statementTimeout = Self.wholeTableTimeout
        var columns = scan.fullColumns.map { _ in ColumnAccumulator() }
        var rows = 0
        let start = ContinuousClock.now
        do throws(PostgreSQLError) {
            try connection.batch(open.statements() + [try identity.assertion()], deadline: .seconds(60)) {
                _, _ in
            }
            try connection.copyOut(foreign.statement, deadline: Self.wholeTableTimeout) {
                (row: borrowing CopyRow) throws(PostgreSQLError) in
                let count = Int(try row.int64(columns.count))
                for index in columns.indices {
                    columns[index].add(row.isNull(index) ? nil : try row.int32(index), count: count)
                }
                rows += count
            }
            try connection.batch([Statement("COMMIT")], deadline: .seconds(60)) { _, _ in }
        } catch {
            if connection.isAlive { try connection.rollback() }
            if IdentityCheck.hasFailed(error, at: preamble.count) {
                return try giveUpChanged(scan, over: &connection)
            }
            guard connection.isAlive, let state = error.sqlState, Self.isOfTheOtherServer(state) else {
                throw error
            }
            return scan.giveUp(.serverError, detail: "\(error)")
        }
        scan.add(rows: rows, columns: columns, took: start.duration(to: .now))
    }

    /// Errors of wrappers (HV), of their connections (08), and missing passwords or user mappings.
    private static func isOfTheOtherServer(_ state: SQLState) -> Bool {
        ["HV", "08", "28", "2F", "39", "38"].contains { state.sqlClass.utf8.elementsEqual($0.utf8) }
            || state == .undefinedObject
    }
}
