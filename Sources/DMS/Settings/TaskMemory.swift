/// Estimates of the memory that a task's LOBs take, by the formulas of the DMS user guide.
///
/// The guide has two formulas for a limited full load that disagree (10,000 rows against 8 x 1,000 for
/// each LOB column with the defaults); both are given, the larger is the one to plan with.
public enum TaskMemory {
    /// `MaxFullLoadSubTasks` when nothing is said: tables that are loaded at the same time.
    public static let defaultSubTasks = 8
    /// `CommitRate` when nothing is said, in rows.
    public static let defaultCommitRate = 10_000
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

    /// A task's full load in full LOB mode: LOB columns x tables in parallel x chunk x CommitRate (DMS user
    /// guide, monitoring).
    public static func unlimitedFullLoad(
        lobColumns: Int, tablesInParallel: Int = defaultSubTasks, chunk: Kibibytes = Kibibytes(64),
        commitRate: Int = defaultCommitRate
    ) -> ByteCount {
        product(chunk, [lobColumns, tablesInParallel, commitRate])
    }

    /// The larger of both formulas for a limited full load with DMS's defaults.
    public static func plannedForLimited(limit: Kibibytes, lobColumns: Int) -> ByteCount {
        max(
            limitedFullLoad(limit: limit, lobColumns: lobColumns),
            limitedFullLoadByBulkArray(limit: limit, lobColumns: lobColumns))
    }

    /// The largest `CommitRate`, up to DMS's default, with which the LOBs of each table alone fit a number of bytes by
    /// the guide's formula; at least 1.
    ///
    /// - Parameter tables: the limit and the number of LOB columns of each limited table.
    public static func commitRate(
        fitting memory: ByteCount, tables: [(limit: Kibibytes, lobColumns: Int)]
    ) -> Int {
        let each = tables.map {
            limitedFullLoad(limit: $0.limit, lobColumns: $0.lobColumns, commitRate: 1).bytes
        }
        let rate = memory.bytes / max(1, each.max() ?? 1)
        return Int(min(Int64(defaultCommitRate), max(1, rate)))
    }

    private static func product(_ size: Kibibytes, _ factors: [Int]) -> ByteCount {
        ByteCount(factors.reduce(size.bytes.bytes) { $0.saturatingProduct(Int64($1)) })
    }
}
