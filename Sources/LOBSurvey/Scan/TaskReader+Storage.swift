import LOBProfile
import PostgreSQLClient

extension TaskReader {
    /// Looks at how the values in some blocks are stored.
    func readStorage(
        _ blocks: [UInt32], _ work: ScanQueue.Work, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let storage = Self.storage(of: work.scan)
        let start = ContinuousClock.now
        var forms: [StoredForm] = []
        let isSame = try byPlaces(
            storage.statement(for: blocks), of: identity(of: work.scan, storage.columns), over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in
            forms = try storage.forms(row, blocks: blocks.count)
        }
        guard isSame else { return try giveUpChanged(work, over: &connection) }
        work.scan.add(storage: forms, of: work.taken, took: start.duration(to: .now))
    }

    /// The statement about the storage of a table.
    static func storage(of scan: TableScan) -> StorageStatement {
        StorageStatement(
            relation: scan.plan.relation, columns: scan.storageColumns, serverVersion: scan.serverVersion)
    }
}
