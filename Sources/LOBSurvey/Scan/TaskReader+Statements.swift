import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// The statements of a table, for people who want to see them before they are run.
extension TaskReader {
    /// The statements that read a table: that of its first chunk, or of its rows, and that of its sample.
    static func statements(of scan: TableScan, blockSize: Int) throws(PostgreSQLError) -> [SQL] {
        var statements: [SQL] = []
        let relation = scan.plan.relation
        let hasPlaces = relation.isSelectable && relation.hasPlaces
        let drawn = scan.firstDrawn
        if scan.isBounded {
            statements += try toastStatements(of: scan, blockSize: blockSize)
        } else if scan.isChunked, let blocks = TableScan.storageBlocks(of: scan.plan) {
            statements.append(try storage(of: scan).statement(for: blocks))
        }
        if !drawn.isEmpty {
            let source = try TableSource(relation, columns: scan.sampledColumns)
            statements.append(
                PackedScan(source: source).statement(blocks: drawn, wanted: scan.wanted(in: drawn)))
        }
        if scan.readsAllRows, scan.isChunked {
            statements.append(
                try packedScan(of: scan).statement(
                    where: scan.firstRange.condition, wanted: scan.wanted(from: scan.firstRange.start)))
        } else if scan.readsAllRows {
            let source = try TableSource(relation, columns: scan.scannedColumns)
            statements.append(
                relation.kind == .foreignTable
                    ? ForeignScan(source: source).statement
                    : RowScan(source: source, sample: nil, hasPlaces: hasPlaces).statement)
        }
        for column in scan.scannedColumns.dropFirst(scan.fullCount) {
            let example = StoredRow(LocatedSize(size: ByteCount(0), block: 0, offset: 1))
            statements.append(
                try FetchStatement(relation: relation, column: column).statement(for: [example]))
        }
        if !scan.sampledColumns.isEmpty, drawn.isEmpty {
            let source = try TableSource(relation, columns: scan.sampledColumns)
            statements.append(RowScan(source: source, sample: scan.design, hasPlaces: hasPlaces).statement)
        }
        return statements
    }
}
