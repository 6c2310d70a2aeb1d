/// Estimates of the memory that a task's LOBs take, by the formulas of the DMS user guide.
///
/// The guide has two formulas for a limited full load that disagree (10,000 rows against 8 x 1,000 for
/// each LOB column with the defaults); both are given, the larger is the one to plan with.
public enum TaskMemory {
    /// `MaxFullLoadSubTasks` when nothing is said: tables that are loaded at the same time.
    public static let defaultSubTasks = 8
    /// `CommitRate` when nothing is said, in rows.
    public static let defaultCommitRate = 10_000
    /// The share of an instance's memory, 0 to 1, that is planned for LOBs.
    ///
    /// The engine, its sorter and caches need the rest; the guide gives no figure, and a quarter for them is ours.
    public static let shareForLOBs = 0.75
    /// Rows of the driver's array, which no task setting changes.
    public static let bulkArrayRows = 1000

    /// One table's full load in limited mode: limit x CommitRate x LOB columns (DMS user guide, LOB support).
    public static func limitedFullLoad(
        limit: Kibibytes, lobColumns: Int, commitRate: Int = defaultCommitRate
    ) -> ByteCount {
        product(limit, [lobColumns, commitRate])
    }

    /// A task's full load in limited mode: LOB columns x tables in parallel x limit x rows of the bulk array
    /// (DMS user guide, monitoring).
    public static func limitedFullLoadByBulkArray(
        limit: Kibibytes, lobColumns: Int, tablesInParallel: Int = defaultSubTasks
    ) -> ByteCount {
        product(limit, [lobColumns, tablesInParallel, bulkArrayRows])
    }

    /// One change of a table while changes are captured: LOB columns x limit (DMS user guide, LOB support).
    public static func change(limit: Kibibytes, lobColumns: Int) -> ByteCount {
        product(limit, [lobColumns])
    }

    /// Several tables that are loaded at the same time in limited mode: as many of the largest as load at once.
    public static func limitedFullLoad(
        of tables: [(limit: Kibibytes, lobColumns: Int)], tablesInParallel: Int = defaultSubTasks,
        commitRate: Int = defaultCommitRate
    ) -> ByteCount {
        let each = tables.map {
            limitedFullLoad(limit: $0.limit, lobColumns: $0.lobColumns, commitRate: commitRate).bytes
        }
        return ByteCount(
            each.sorted(by: >).prefix(max(1, tablesInParallel)).reduce(0) { $0.saturatingSum($1) })
    }

    /// The largest `CommitRate`, up to DMS's default, with which the LOBs of all tables that are loaded at the same time fit
    /// the share of an instance's memory that is planned for them; at least 1.
    ///
    /// - Parameters:
    ///   - memory: of the instance.
    ///   - tables: the limit and the number of LOB columns of each limited table.
    ///   - tasks: how many tasks share the instance.
    public static func commitRate(
        fitting memory: ByteCount, tables: [(limit: Kibibytes, lobColumns: Int)],
        tablesInParallel: Int = defaultSubTasks, tasks: Int = 1
    ) -> Int {
        let row = limitedFullLoad(of: tables, tablesInParallel: tablesInParallel, commitRate: 1).bytes
        let available = Int64(Double(memory.bytes) * shareForLOBs) / Int64(max(1, tasks))
        return Int(min(Int64(defaultCommitRate), max(1, available / max(1, row))))
    }

    private static func product(_ size: Kibibytes, _ factors: [Int]) -> ByteCount {
        ByteCount(factors.reduce(size.bytes.bytes) { $0.saturatingProduct(Int64($1)) })
    }
}
