import LOBProfile
import Synchronization

/// How values are stored: told from some blocks, because asking it of every value beside its size would take a quarter to a half longer (measured).
extension TableScan {
    /// The columns of which it is told.
    var storageColumns: [Column] { scannedColumns + sampledColumns.prefix(onlySampled) }

    /// Blocks that are looked at: a twentieth of a table, and not more than take a millisecond or two.
    private static let storageBlockCounts = 8...200
    /// Rows that are enough.
    private static let storageRows = 3_000.0
    /// Columns of a statement with six figures for each, of at most 1,664.
    private static let mostColumns = 250

    /// Random blocks; nil where values can hardly be stored in any other way than in their rows.
    static func storageBlocks(of plan: TablePlan) -> [UInt32]? {
        let relation = plan.relation
        let least = storageBlockCounts.lowerBound
        guard plan.columns.count <= mostColumns, relation.blocks >= least || relation.toastBytes > 0 else {
            return nil
        }
        let share = relation.estimatedRows.map { min(1, storageRows / max(1, $0)) } ?? 1
        let enough = Int(Double(relation.blocks) * share)
        let count = min(storageBlockCounts.upperBound, max(least, min(enough, relation.blocks / 20)))
        return BlockDraw(population: relation.blocks, seed: plan.sample.seed).blocks(count)
    }

    /// Keeps what was found.
    func add(storage forms: [StoredForm], of taken: Taken, took time: Duration) {
        finish(taken, took: time) { $0.storedForms = forms }
    }

    /// How many row versions were read because the first snapshot had not seen them.
    var changedVersions: Int { state.withLock(\.changedVersions) }
}
