import LOBProfile
import PostgreSQLClient

extension PieceReader {
    /// Looks at how the values in some blocks are stored.
    func readStorage(
        _ blocks: [UInt32], of scan: TableScan, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let storage = Self.storage(of: scan)
        let start = ContinuousClock.now
        var forms: [StoredForm] = []
        let isSame = try read(
            storage.statement(for: blocks), of: storage.columns, scan, over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in
            forms = try storage.forms(row, blocks: blocks.count)
        }
        guard isSame else { return try giveUpChanged(scan, over: &connection) }
        scan.add(storage: forms, took: start.duration(to: .now))
    }

    /// The statement about the storage of a table.
    static func storage(of scan: TableScan) -> StorageStatement {
        StorageStatement(
            relation: scan.plan.relation, columns: scan.storageColumns, serverVersion: scan.serverVersion)
    }
}
