public import LOBProfile
public import PostgreSQLClient

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Measures the LOB columns of one database: reads the catalog, makes the plan, runs it, returns the profile.
public struct Survey: Sendable {
    private let conninfo: Conninfo
    private let options: SurveyOptions
    private let resumption: Resumption?
    private let checkpointing: Checkpointing?
    private let listener: @Sendable (SurveyEvent) -> Void
    /// A version to take the server for, so that tests can force the ways of older ones.
    package var assumedServerVersion: Int?

    /// The version that profiles carry.
    public static let version = "0.1.0"

    /// Creates a survey.
    ///
    /// - Parameters:
    ///   - conninfo: the server and database.
    ///   - options: what to measure and how.
    ///   - resumption: a survey that was stopped, with the same options; what it has read is not read again.
    ///   - checkpointing: how what was read is kept while the survey runs; nil to keep nothing.
    ///   - listener: hears of progress; called from several threads, one call at a time for each.
    public init(
        _ conninfo: Conninfo, options: SurveyOptions, resuming resumption: Resumption? = nil,
        checkpointing: Checkpointing? = nil,
        listener: @escaping @Sendable (SurveyEvent) -> Void = { _ in }
    ) {
        self.conninfo = conninfo
        self.options = options
        self.resumption = resumption
        // Two snapshots do not go together.
        self.checkpointing = options.isConsistent ? nil : checkpointing
        self.listener = listener
    }

    /// Reads the catalog and makes the plan; reads no user's row.
    ///
    /// - Throws: `SurveyError` when the server cannot be reached or a pattern matches nothing.
    public func preview() throws(SurveyError) -> PlanPreview {
        let prepared = try prepare()
        var statements: [UInt32: [String]] = [:]
        for table in prepared.plan.tables {
            statements[table.relation.oid] = try Self.statements(
                of: TableScan(table, serverVersion: prepared.session.serverVersion))
        }
        return PlanPreview(
            catalog: prepared.catalog, plan: prepared.plan,
            preamble: prepared.session.preamble.statements().map(\.sql.text), statements: statements)
    }

    private static func statements(of scan: TableScan) throws(SurveyError) -> [String] {
        do throws(PostgreSQLError) {
            return try PieceReader.statements(of: scan).map(\.text)
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
    /// - Throws: `SurveyError` when the catalog cannot be read, or the survey to go on with is another one.
    public func runResumably() async throws(SurveyError) -> SurveyOutcome {
        let executor = BlockingExecutor()
        return try await withTaskExecutorPreference(executor) { () async throws(SurveyError) in
            try await measure(executor)
        }
    }

    private func measure(_ executor: BlockingExecutor) async throws(SurveyError) -> SurveyOutcome {
        let startedAt = Self.now()
        let start = ContinuousClock.now
        var prepared = try await prepareAgainWhenLost()
        let results = SurveyResults(listener)
        listener(.planned(prepared.plan))
        for entry in prepared.plan.unmeasurable { results.add(entry) }
        let queue = ScanQueue(
            carryOver(prepared.plan.tables, results), serverVersion: prepared.session.serverVersion,
            begun: resumption?.begun ?? [:])
        let plainSession = prepared.session
        let snapshot = options.isConsistent ? try ExportedSnapshot(for: &prepared.session) : nil
        let snapshotTaken: ContinuousClock.Instant? = options.isConsistent ? .now : nil
        if options.isConsistent { listener(.snapshotTaken) }
        let session = prepared.session
        let isReplica = prepared.catalog.server.isReplica
        let gate = Gate(isUndecided: options.kindness.hasGuards)
        let watcher = Watcher(
            session: plainSession, isReplica: isReplica, kindness: options.kindness,
            budget: options.plan.timeBudget.map { .seconds($0) }, gate: gate,
            results: results, start: start, snapshotTaken: snapshotTaken)
        let catalog = prepared.catalog
        let keeper: @Sendable () async -> Void = {
            await checkpointing?.run {
                await running(queue, results, catalog, startedAt: startedAt)
            }
        }
        let end = await watched(by: watcher, keeper) {
            let lastError = await work(queue, session, gate, results, executor)
            return WorkEnd(
                lastError: lastError, largeObjects: await largeObjects(session, gate, results))
        }
        let checkpoints = queue.remainder().begun.compactMap { $0.checkpoint(startedAt: startedAt) }
        let snapshotSeconds = snapshot?.end()
        finish(queue, gate.stop ?? stop(after: end.lastError), results)
        addUnplanned(prepared, results)
        let (tables, unmeasured) = results.collected()
        let profile = Profile(
            lobscopeVersion: Self.version, database: prepared.catalog.database,
            server: prepared.catalog.server,
            startedAt: startedAt, finishedAt: Self.now(), options: options.plan, policy: options.policy,
            tables: !options.policy.expectsGrowth ? tables : tables.map { growing($0, prepared.rates) },
            largeObjects: end.largeObjects, unmeasured: unmeasured,
            impact: ServerImpact(
                walBytes: prepared.wal.bytes(), includesOtherSessions: true, pauses: gate.totals,
                snapshotSeconds: snapshotSeconds),
            scope: options.scope)
        return SurveyOutcome(profile: profile, checkpoint: checkpoint(checkpoints, of: profile))
    }

    /// What another survey needs to go on; nil where nothing is left.
    private func checkpoint(_ tables: [TableCheckpoint], of profile: Profile) -> SurveyCheckpoint? {
        // Two snapshots do not go together.
        guard !profile.isComplete, !options.isConsistent else { return nil }
        return SurveyCheckpoint(
            format: SurveyCheckpoint.currentFormat, options: options.plan, scope: options.scope,
            tables: tables)
    }

    /// What another survey needs to go on if this one were killed now.
    private func running(
        _ queue: ScanQueue, _ results: SurveyResults, _ catalog: Catalog, startedAt: Int64
    ) async -> SurveyCheckpoint {
        let begun = await queue.checkpoints(startedAt: startedAt)
        let (tables, unmeasured) = results.collected()
        let profile = Profile(
            lobscopeVersion: Self.version, database: catalog.database, server: catalog.server,
            startedAt: startedAt, finishedAt: Self.now(), options: options.plan, policy: options.policy,
            tables: tables, largeObjects: nil, unmeasured: unmeasured, scope: options.scope)
        return SurveyCheckpoint(
            format: SurveyCheckpoint.currentFormat, options: options.plan, scope: options.scope,
            tables: begun,
            profile: profile)
    }

    /// Keeps the tables that an earlier survey has finished; returns those that are to be measured.
    private func carryOver(_ plans: [TablePlan], _ results: SurveyResults) -> [TablePlan] {
        guard let resumption else { return plans }
        let finished = resumption.finished
        return plans.filter { plan in
            guard let table = finished[plan.relation.oid], table.answers(plan) else { return true }
            results.add(table.carriedOver(from: resumption.profile.startedAt), unmeasured: [])
            listener(.carriedOver(plan))
            return false
        }
    }

    /// What the measuring itself ends with.
    private struct WorkEnd: Sendable {
        var lastError: PostgreSQLError?
        var largeObjects: LargeObjectSummary?
    }

    /// Does the work beside its watcher and what keeps checkpoints; when the work or the watcher ends, the rest is
    /// cancelled.
    private func watched(
        by watcher: Watcher, _ keeper: @escaping @Sendable () async -> Void,
        _ work: @escaping @Sendable () async -> WorkEnd
    ) async -> WorkEnd {
        await withTaskGroup(of: WorkEnd?.self) { group in
            group.addTask {
                // What keeps checkpoints runs until it is cancelled, or does not run at all.
                await withTaskGroup { both in
                    both.addTask { await keeper() }
                    await watcher.run()
                    both.cancelAll()
                }
                return nil
            }
            group.addTask { await work() }
            var end = WorkEnd()
            for await part in group {
                end = part ?? end
                group.cancelAll()
            }
            return end
        }
    }

    private struct Prepared {
        var session: ServerSession
        let catalog: Catalog
        let plan: Plan
        let rates: InsertRates
        let wal: WALMeter
    }

    private func prepare() throws(SurveyError) -> Prepared {
        var connection = try connect()
        var session = try ServerSession(
            conninfo, statementTimeout: options.statementTimeout, assumedVersion: assumedServerVersion,
            over: &connection)
        let catalog = try readCatalog(&connection, of: &session)
        let rates = try insertRates(&connection, session, catalog.server)
        let scoped = try options.scope.apply(to: catalog)
        try Scope.check(options.policy.truncationOK, of: "--truncation-ok", in: scoped)
        try resumption?.check(options, scoped)
        let planner = Planner(options: options.plan, connections: options.jobs)
        let plan = planner.plan(scoped, expecting: expected(scoped, rates))
        let wal = WALMeter(session, isReplica: catalog.server.isReplica, over: &connection)
        session.spare.keep(connection)
        return Prepared(session: session, catalog: scoped, plan: plan, rates: rates, wal: wal)
    }

    /// What is needed for a forecast by days; nothing where none is asked for.
    private func insertRates(
        _ connection: inout Connection, _ session: ServerSession, _ server: ServerFacts
    ) throws(SurveyError) -> InsertRates {
        var rates = InsertRates(earlier: options.earlier)
        guard options.policy.needsRates, options.earlier == nil else { return rates }
        do throws(PostgreSQLError) {
            try rates.read(&connection, preamble: session.preamble, isReplica: server.isReplica)
        } catch {
            throw .postgreSQL(error)
        }
        return rates
    }

    /// The rows that are expected in each relation, before it is measured, by OID.
    private func expected(_ catalog: Catalog, _ rates: InsertRates) -> [UInt32: Int] {
        guard options.policy.expectsGrowth else { return [:] }
        let known = catalog.relations.compactMap { relation -> (UInt32, Int)? in
            guard let growth = options.policy.applied(to: relation).growth else { return nil }
            let rows = Int(min(relation.estimatedRows ?? 0, 1e15))
            let rate = rates.rate(of: relation, rows: rows, at: Self.now())
            return growth.expected(rows, of: rows, rate: rate).map { (relation.oid, $0.rows) }
        }
        return Dictionary(known) { first, _ in first }
    }

    /// The table with the rate at which rows arrive in it.
    private func growing(_ table: TableProfile, _ rates: InsertRates) -> TableProfile {
        guard case .days? = options.policy.applied(to: table.relation).growth else { return table }
        return table.growing(
            at: rates.rate(of: table.relation, rows: table.rows.count, at: Self.now()))
    }

    /// A connection that is cut while the catalog is read is no reason to do without it.
    private func prepareAgainWhenLost() async throws(SurveyError) -> Prepared {
        for attempt in 1...Self.attempts {
            do throws(SurveyError) {
                return try prepare()
            } catch {
                guard case .postgreSQL(let cause) = error,
                    cause.isConnectionLost || cause.sqlState == .adminShutdown
                        || cause.sqlState == .serializationFailure || cause.sqlState == .tooManyConnections
                        || attempt > 1 && cause.isRefusedConnection
                else { throw error }
                guard await waited(cause, attempt) else { throw error }
            }
        }
        return try prepare()
    }

    private static let attempts = 5

    /// Waits before a lost connection is opened again; false where the task was cancelled.
    private func waited(_ error: PostgreSQLError, _ attempt: Int) async -> Bool {
        let pause = 0.1 * Double(1 << attempt)
        listener(.reconnecting(reason: error.description, after: pause))
        return (try? await Task.sleep(for: .seconds(pause))) != nil
    }

    private func connect() throws(SurveyError) -> Connection {
        do throws(PostgreSQLError) {
            return try ServerSession.connect(conninfo)
        } catch {
            throw .postgreSQL(error)
        }
    }

    /// Reads the catalog; where a name has no form in Unicode, all names as the server stores them.
    private func readCatalog(
        _ connection: inout Connection, of session: inout ServerSession
    ) throws(SurveyError) -> Catalog {
        do throws(PostgreSQLError) {
            do throws(PostgreSQLError) {
                return try session.readCatalog(&connection)
            } catch {
                let isUntranslatable =
                    error.sqlState == .untranslatableCharacter || error.sqlState == .characterNotInRepertoire
                guard isUntranslatable, !session.preamble.isEncodingUnknown else { throw error }
                session.preamble.isEncodingUnknown = true
                return try session.readCatalog(&connection)
            }
        } catch {
            throw .postgreSQL(error)
        }
    }

    /// Runs the workers; returns the error that ended the last of them, if one did.
    private func work(
        _ queue: ScanQueue, _ session: ServerSession, _ gate: Gate, _ results: SurveyResults,
        _ executor: BlockingExecutor
    ) async -> PostgreSQLError? {
        let reader = PieceReader(preamble: session.preamble, target: options.chunkTime)
        let worker = ScanWorker(
            session: session, queue: queue, reader: reader, results: results, gate: gate,
            rest: options.kindness.rest)
        return await withTaskGroup(of: PostgreSQLError?.self) { group in
            for _ in 0..<max(1, options.jobs) {
                group.addTask(executorPreference: executor) {
                    do throws(PostgreSQLError) {
                        try await worker.run()
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            var last: PostgreSQLError?
            for await error in group { last = error ?? last }
            return last
        }
    }

    private func largeObjects(
        _ session: ServerSession, _ gate: Gate, _ results: SurveyResults
    ) async -> LargeObjectSummary? {
        guard options.scope == Scope() else { return nil }
        if let known = resumption?.profile.largeObjects { return known }
        listener(.largeObjects)
        let survey = LargeObjectSurvey(
            session: session, gate: gate, results: results, target: options.chunkTime,
            rest: options.kindness.rest)
        do throws(PostgreSQLError) {
            return try await survey.run()
        } catch {
            results.add(Self.largeObjectsUnmeasured(error, gate.stop))
            return nil
        }
    }

    /// Why something can be left when no rule ended the survey.
    private func stop(after lastError: PostgreSQLError?) -> Gate.Stop {
        Gate.Stop(
            reason: Task.isCancelled || lastError == nil ? .interrupted : .connectionLost, detail: nil)
    }

    /// Lists what no worker finished.
    private func finish(_ queue: ScanQueue, _ stop: Gate.Stop, _ results: SurveyResults) {
        let (begun, untouched) = queue.remainder()
        for scan in begun {
            scan.giveUp(stop.reason, detail: stop.detail, wasInFlight: false)
            results.add(scan)
        }
        for plan in untouched {
            let columns = plan.relation.columns.filter(\.isMeasured)
            results.add(
                Self.unmeasuredTable(plan.relation, columns),
                unmeasured: [
                    Unmeasured(relation: plan.relation.name, reason: stop.reason, detail: stop.detail)
                ])
        }
    }

    /// Tables that had nothing to measure, or could not be: the mapping names them all the same.
    private func addUnplanned(_ prepared: Prepared, _ results: SurveyResults) {
        let planned = Set(prepared.plan.tables.map(\.relation.oid))
        for relation in prepared.catalog.relations where !planned.contains(relation.oid) {
            results.add(Self.unmeasuredTable(relation, relation.columns.filter(\.isMeasured)), unmeasured: [])
        }
    }

    private static func now() -> Int64 {
        Int64(Date().timeIntervalSince1970)
    }
}
