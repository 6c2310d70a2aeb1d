public import LOBProfile
public import PostgreSQLClient

/// Measures the LOB columns and the large objects of one database, in short read-only transactions.
///
/// It reads the catalog, makes a plan and runs it. The parts of a logical table are read in one snapshot; where that may not be
/// held for so long, in several, and then what changed meanwhile. A table that was altered or rewritten meanwhile is planned
/// and read once more. Large objects come last, and only where the whole database is in scope. What could not be measured is
/// in the profile, with its reason.
public struct Survey: Sendable {
    let conninfo: Conninfo
    let options: SurveyOptions
    let resumption: Resumption?
    let checkpointing: Checkpointing?
    let listener: @Sendable (SurveyEvent) -> Void
    /// A version to take the server for, so that tests can force the ways of older ones.
    package var assumedServerVersion: Int?
    /// Whether its tables are shards, which are read once more where others of their table were read later.
    var isOfShards = false

    /// The version that profiles carry.
    public static let version = "0.1.0"

    /// Creates a survey.
    ///
    /// - Parameters:
    ///   - conninfo: the server and database.
    ///   - options: what to measure and how.
    ///   - resumption: a survey that was stopped, with the same options; what it has read is not read again.
    ///   - checkpointing: how what was read is kept while the survey runs; nil to keep nothing, as where all tables are read
    ///     in one snapshot, which another survey cannot take again.
    ///   - listener: hears of progress; called from several threads, one call at a time for each.
    public init(
        _ conninfo: Conninfo, options: SurveyOptions, resuming resumption: Resumption? = nil,
        checkpointing: Checkpointing? = nil,
        listener: @escaping @Sendable (SurveyEvent) -> Void = { _ in }
    ) {
        self.conninfo = conninfo
        self.options = options
        self.resumption = resumption
        self.checkpointing = options.isConsistent ? nil : checkpointing
        self.listener = listener
    }

    /// Reads the catalog and makes the plan; reads no user's row.
    ///
    /// - Throws: `SurveyError` when the server cannot be reached or a pattern matches nothing.
    public func preview() throws(SurveyError) -> PlanPreview {
        let prepared = try prepare()
        var statements: [UInt32: [String]] = [:]
        for table in prepared.plan.looks + prepared.plan.tables {
            statements[table.relation.oid, default: []] += try Self.statements(
                of: TableScan(table, serverVersion: prepared.session.serverVersion),
                blockSize: prepared.catalog.server.blockSize)
        }
        for table in prepared.plan.tables {
            statements[table.relation.oid, default: []] += try keyStatements(of: table)
        }
        var preamble = prepared.session.preamble
        // What differs from server to server is no part of the plan.
        preamble.server = nil
        return PlanPreview(
            catalog: prepared.catalog, plan: prepared.plan,
            preamble: preamble.statements().map(\.sql.text), statements: statements,
            snapshotLimit: prepared.snapshotLimit,
            largeObjects: options.scope.isWholeDatabase ? try largeObjects(prepared.session) : nil)
    }

    private func largeObjects(_ session: ServerSession) throws(SurveyError) -> PlanPreview.LargeObjects {
        do throws(PostgreSQLError) {
            return try session.withConnection { (connection) throws(PostgreSQLError) in
                try LargeObjectFacts(session.preamble, over: &connection).preview
            }
        } catch {
            throw .postgreSQL(error)
        }
    }

    private func keyStatements(of table: TablePlan) throws(SurveyError) -> [String] {
        guard let names = options.plan.jsonKeys else { return [] }
        do throws(PostgreSQLError) {
            return try HeavyKeyPass.statements(table, names).map { $0.text }
        } catch {
            throw .postgreSQL(error)
        }
    }

    private static func statements(
        of scan: TableScan, blockSize: Int
    ) throws(SurveyError) -> [String] {
        do throws(PostgreSQLError) {
            return try TaskReader.statements(of: scan, blockSize: blockSize).map { $0.text }
        } catch {
            throw .postgreSQL(error)
        }
    }

    /// Measures.
    ///
    /// When the task is cancelled, returns what was measured until then as a partial profile.
    ///
    /// - Throws: `SurveyError` when the catalog cannot be read; a table that cannot be measured is listed in
    ///   the profile instead.
    public func run() async throws(SurveyError) -> Profile {
        try await runResumably().profile
    }

    /// Measures as ``run()`` does; where something is left, also tells what another survey needs to go on.
    ///
    /// - Throws: `SurveyError` when the catalog cannot be read, or the survey to resume is another one.
    public func runResumably() async throws(SurveyError) -> SurveyOutcome {
        let executor = BlockingExecutor()
        return try await withTaskExecutorPreference(executor) { () async throws(SurveyError) in
            try await Measuring.outcome(of: self, executor)
        }
    }
}
