import LOBProfile
import PostgreSQLClient
import Synchronization

/// The part of a survey that reads rows: rounds of tables, then large objects, beside what watches the server and keeps
/// checkpoints.
struct Measuring: Sendable {
    private let survey: Survey
    private let executor: BlockingExecutor
    private let startedAt = Survey.now()
    private let start = ContinuousClock.now
    private let results: SurveyResults
    /// What was seen at first of tables that take long.
    private let looks: SurveyResults
    private let gate: Gate
    private let rounds = Rounds()

    private var options: SurveyOptions { survey.options }

    init(_ survey: Survey, _ executor: BlockingExecutor) {
        self.survey = survey
        self.executor = executor
        results = SurveyResults(survey.listener)
        looks = SurveyResults { if case .reconnecting = $0 { survey.listener($0) } }
        gate = Gate(isUndecided: survey.options.throttle.hasGuards, jobs: max(1, survey.options.jobs))
    }

    /// What the measuring itself ends with.
    private struct End: Sendable {
        var lastError: PostgreSQLError?
        var largeObjects: LargeObjectSummary?
        /// The relations whose plan was made again, and those that came instead.
        var replanned: Replanned?
    }

    /// Measures everything.
    ///
    /// - Throws: `SurveyError` when the catalog cannot be read, or the survey to resume is another one.
    func outcome() async throws(SurveyError) -> SurveyOutcome {
        let prepared = try await survey.prepareAgainWhenLost()
        if prepared.catalog.server.isLinkUnverified == true { survey.listener(.linkUnverified) }
        survey.listener(.planned(prepared.plan))
        for entry in prepared.plan.unmeasurable { results.add(entry) }
        let moments = Moments(
            prepared.session, limit: prepared.snapshotLimit, isConsistent: options.isConsistent)
        if options.isConsistent { try takeSnapshot(moments, prepared.session) }
        let watcher = Watcher(
            session: prepared.session, isReplica: prepared.catalog.server.isReplica,
            throttle: options.throttle,
            budget: options.plan.timeBudget.map { .seconds($0) }, gate: gate, results: results, start: start,
            moments: moments)
        let end = await watched(by: watcher, prepared) { await work(prepared, moments) }
        let checkpoints =
            rounds.begun.flatMap { $0.tree.checkpoints(startedAt: startedAt) } + earlierCheckpoints
        finish(gate.stop ?? stop(after: end.lastError))
        let held = moments.end()
        let catalog = end.replanned?.catalog(instead: prepared.catalog) ?? prepared.catalog
        addUnplanned(catalog)
        addUnscoped(catalog)
        let profile = profile(
            catalog, prepared, largeObjects: end.largeObjects,
            impact: ServerImpact(
                walBytes: prepared.wal.bytes(), includesOtherSessions: true, pauses: gate.totals,
                snapshotSeconds: options.isConsistent ? held : nil))
        return SurveyOutcome(profile: profile, checkpoint: checkpoint(checkpoints, of: profile, prepared))
    }

    /// Takes the snapshot of all tables, and makes sure that something can be read in it.
    private func takeSnapshot(_ moments: Moments, _ session: ServerSession) throws(SurveyError) {
        do throws(PostgreSQLError) {
            // Answers beforehand: where it does not when a snapshot is held, the pool has no other.
            var connection = try session.connect { (connection) throws(PostgreSQLError) in
                try session.brief().run([], over: &connection) { _, _ in }
            }
            do throws(PostgreSQLError) {
                if try !moments.probe(try moments.join(), over: &connection) {
                    gate.stop(gate.tooFewConnections)
                }
            } catch {
                guard ServerSession.isShortOfConnections(error) else { throw error }
                gate.stop(gate.tooFewConnections)
            }
            session.spare.keep(connection)
        } catch {
            throw .postgreSQL(error)
        }
        if gate.stop == nil { survey.listener(.snapshotTaken) }
    }

    private func profile(
        _ catalog: Catalog, _ prepared: Survey.Prepared, largeObjects: LargeObjectSummary?,
        impact: ServerImpact?
    ) -> Profile {
        let code = prepared.session.preamble.code?.code ?? CodeOfOthers()
        var (tables, listed) = results.collected()
        for index in tables.indices {
            let functions = code.functions[tables[index].relation.oid]
            tables[index].relation.foreignFunctions = functions ?? tables[index].relation.foreignFunctions
        }
        var server = catalog.server
        server.rolePower = code.power ?? server.rolePower
        let unmeasured = listed + Account.unexplained(in: tables, unmeasured: listed, options: options.plan)
        return Profile(
            lobscopeVersion: Survey.version, database: catalog.database, server: server,
            startedAt: startedAt, finishedAt: Survey.now(), options: options.plan, policy: options.policy,
            tables: !options.policy.expectsGrowth
                ? tables : tables.map { survey.growing($0, prepared.rates) },
            largeObjects: largeObjects, unmeasured: unmeasured, impact: impact, scope: options.scope,
            certificate: Certificate(
                serverStartedAt: prepared.begin.server.startedAt,
                snapshotLimit: prepared.snapshotLimit.inSeconds, isOneMoment: options.isConsistent,
                settings: prepared.session.pinnedSettings, replica: prepared.begin.moment.replica))
    }

    /// Does the work beside its watcher and what keeps checkpoints; when the work or the watcher ends, the rest is
    /// cancelled.
    private func watched(
        by watcher: Watcher, _ prepared: Survey.Prepared, _ work: @escaping @Sendable () async -> End
    ) async -> End {
        await withTaskGroup(of: End?.self) { group in
            group.addTask {
                // What keeps checkpoints runs until it is cancelled, or does not run at all.
                await withTaskGroup { both in
                    both.addTask { await keepCheckpoints(prepared) }
                    await watcher.run()
                    both.cancelAll()
                }
                return nil
            }
            group.addTask { await work() }
            var end = End()
            for await part in group {
                end = part ?? end
                group.cancelAll()
            }
            return end
        }
    }

    /// Why something can be left when no rule ended the survey.
    private func stop(after lastError: PostgreSQLError?) -> Gate.Stop {
        guard let lastError, !Task.isCancelled else { return Gate.Stop(reason: .interrupted, detail: nil) }
        if ServerSession.saysThatConnectionsAreShort(lastError) { return gate.tooFewConnections }
        return Gate.Stop(reason: lastError.isElsewhere ? .otherServer : .connectionLost, detail: nil)
    }

    /// Lists what no worker finished, and keeps what was read of it, or was seen of it before.
    private func finish(_ stop: Gate.Stop) {
        let seen = looks.measured()
        for (queue, tree) in rounds.begun {
            let known = tree.scans.compactMap { look(at: $0.plan, seen) }
            let isGivenUp = tree.scans.contains { $0.givenUp != nil }
            guard known.count == tree.scans.count, !isGivenUp else {
                for scan in tree.scans {
                    scan.end(stop.reason, detail: queue.culprit(of: scan) ?? stop.detail)
                }
                for (profile, failures) in tree.outcomes(isWhole: false) {
                    results.add(profile, unmeasured: failures)
                }
                continue
            }
            for (profile, scan) in zip(known, tree.scans) {
                add(look: profile, stop, culprit: queue.culprit(of: scan))
            }
        }
        for plan in rounds.untouched {
            if let known = look(at: plan, seen) {
                add(look: known, stop, culprit: nil)
            } else {
                results.add(
                    Survey.unmeasuredTable(plan.relation),
                    unmeasured: [
                        Unmeasured(relation: plan.relation.name, reason: stop.reason, detail: stop.detail)
                    ])
            }
        }
    }

    /// What was seen at first of a table, where that is still the planned one.
    private func look(at plan: TablePlan, _ seen: [UInt32: TableProfile]) -> TableProfile? {
        seen[plan.relation.oid].flatMap { look in
            look.relation.isSameFile(as: plan.relation) && look.relation.blocks == plan.relation.blocks
                ? look : nil
        }
    }

    /// Lets a look stand for a table: that is what a time budget asks for, and no answer where something else ended the survey.
    private func add(look: TableProfile, _ stop: Gate.Stop, culprit: String?) {
        let reason = Unmeasured(
            relation: look.relation.name, reason: stop.reason, detail: culprit ?? stop.detail)
        results.add(look, unmeasured: stop.reason == .timeBudget ? [] : [reason])
    }

    /// Tables that had nothing to measure, or could not be: the mapping names them all the same.
    private func addUnplanned(_ catalog: Catalog) {
        let listed = Set(results.collected().tables.map(\.relation.oid))
        for relation in catalog.relations where !listed.contains(relation.oid) {
            results.add(Survey.unmeasuredTable(relation), unmeasured: [])
        }
    }
}

/// What was not looked at.
extension Measuring {
    /// Parts out of scope of tables that are in scope: partitions, and descendants whose rows a full load reads under the name of
    /// what they inherit from.
    private func addUnscoped(_ catalog: Catalog) {
        let known = Set(catalog.relations.map(\.name))
        let inherited =
            options.policy.migrationType.includesFullLoad
            ? catalog.relations.filter(\.isInheritanceParent).flatMap { $0.descendants ?? [] } : []
        let read = inherited + catalog.relations.flatMap { $0.partitionsOutOfScope ?? [] }
        for name in Set(read).subtracting(known).sorted() {
            results.add(Unmeasured(relation: name, reason: .outOfScope))
        }
    }

    /// Whether a crash emptied an unlogged table since an earlier survey measured it.
    private func wasEmptied(_ relation: Relation, since resumption: Resumption, _ server: ServerIdentity)
        -> Bool
    {
        guard relation.isUnlogged == true, relation.blocks == 0,
            let before = resumption.profile.certificate?.serverStartedAt, before != server.startedAt
        else { return false }
        return resumption.finished[relation.oid].map { $0.rows.count > 0 } ?? false
    }
}

/// Rounds of tables.
extension Measuring {
    /// Reads all tables, those that changed meanwhile once more, and the large objects.
    private func work(_ prepared: Survey.Prepared, _ moments: Moments) async -> End {
        var end = End()
        let plans = carryOver(prepared.plan.tables, prepared.begin.server)
        let queue = ScanQueue(
            plans, serverVersion: prepared.session.serverVersion, moments: moments,
            begun: survey.resumption?.begun ?? [:], partial: prepared.partial,
            plansAgain: !options.isConsistent,
            order: prepared.plan.timeBudget == nil ? .dearestFirst : .cheapestFirst)
        rounds.add(queue)
        await look(prepared, moments, at: Set(plans.map(\.relation.oid)))
        end.lastError = await read(queue, prepared.session, moments)
        // What came after the one moment of all tables is not in it.
        if gate.stop == nil, end.lastError == nil, !Task.isCancelled, !options.isConsistent {
            end.replanned = Replanned.look(survey, prepared, queue.changed, results)
        }
        if let replanned = end.replanned {
            moments.renew()
            for table in replanned.plan.tables { survey.listener(.plannedAgain(table)) }
            for entry in replanned.unmeasured { results.add(entry) }
            for (relation, reason) in replanned.gone {
                results.add(
                    Survey.unmeasuredTable(relation),
                    unmeasured: [Unmeasured(relation: relation.name, reason: reason)])
            }
            let again = ScanQueue(
                replanned.plan.tables, serverVersion: prepared.session.serverVersion, moments: moments,
                partial: replanned.partial, plansAgain: false)
            rounds.add(again)
            end.lastError = await read(again, prepared.session, moments)
        } else {
            // Nobody could look: what had changed is given up.
            for tree in queue.changed { results.add(tree.outcomes(isWhole: true)) }
        }
        await HeavyKeyPass(options, prepared.session, gate)?.run(results, moments)
        end.largeObjects = await largeObjects(prepared.session, moments)
        // What came after the last reading of a table.
        _ = try? prepared.session.withConnection { (connection) throws(PostgreSQLError) in
            try prepared.session.preamble.code?.look(prepared.session.preamble, over: &connection)
        }
        return end
    }

    /// Under a time budget looks at tables that take long, so that something is known of them where it ends before they were
    /// read.
    private func look(_ prepared: Survey.Prepared, _ moments: Moments, at tables: Set<UInt32>) async {
        let plans = prepared.plan.looks.filter { tables.contains($0.relation.oid) }
        guard !plans.isEmpty else { return }
        let queue = ScanQueue(
            plans, serverVersion: prepared.session.serverVersion, moments: moments, partial: prepared.partial,
            plansAgain: false, order: .cheapestFirst)
        // Without it the tables are read all the same.
        _ = await read(queue, prepared.session, moments, into: looks)
    }

    /// Runs the workers; returns the error that ended the last of them, if one did.
    private func read(
        _ queue: ScanQueue, _ session: ServerSession, _ moments: Moments, into results: SurveyResults? = nil
    ) async -> PostgreSQLError? {
        await withTaskGroup(of: PostgreSQLError?.self) { group in
            for number in 0..<max(1, options.jobs) {
                let worker = ScanWorker(
                    session: session, queue: queue, moments: moments, target: options.chunkTime,
                    results: results ?? self.results,
                    gate: gate, rest: options.throttle.rest, number: number)
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
            // Others may have done the work of a worker that was refused.
            return queue.isDone ? nil : last
        }
    }

    private func largeObjects(_ session: ServerSession, _ moments: Moments) async -> LargeObjectSummary? {
        guard options.scope.isWholeDatabase else { return nil }
        if let known = survey.resumption?.profile.largeObjects, known.isComplete { return known }
        survey.listener(.largeObjects)
        let objects = LargeObjectSurvey(
            session: session, moments: moments, gate: gate, results: results, target: options.chunkTime,
            rest: options.throttle.rest)
        do throws(PostgreSQLError) {
            return try await objects.run()
        } catch {
            results.add(Survey.largeObjectsUnmeasured(error, gate.stop))
            return nil
        }
    }

    /// Keeps the tables that an earlier survey has finished; returns those that are to be measured.
    ///
    /// Of a partitioned or inherited table all parts are kept, or none: rows move between them.
    private func carryOver(_ plans: [TablePlan], _ server: ServerIdentity) -> [TablePlan] {
        guard let resumption = survey.resumption else { return plans }
        let finished = resumption.finished
        let open = Set(
            plans.filter { plan in !(finished[plan.relation.oid]?.answers(plan) ?? false) }.map(
                \.relation.treeOID))
        return plans.filter { plan in
            if wasEmptied(plan.relation, since: resumption, server) {
                results.add(Unmeasured(relation: plan.relation.name, reason: .emptied))
                return false
            }
            guard !open.contains(plan.relation.treeOID), let table = finished[plan.relation.oid] else {
                return true
            }
            results.add(table.carriedOver(from: resumption.profile.startedAt), unmeasured: [])
            survey.listener(.carriedOver(plan))
            return false
        }
    }
}

/// Checkpoints.
extension Measuring {
    private func keepCheckpoints(_ prepared: Survey.Prepared) async {
        await survey.checkpointing?.run {
            var begun: [TableCheckpoint] = []
            for queue in rounds.queues { begun += await queue.checkpoints(startedAt: startedAt) }
            return SurveyCheckpoint(
                format: SurveyCheckpoint.currentFormat, options: options.plan, scope: options.scope,
                tables: begun + earlierCheckpoints, probes: prepared.probes,
                profile: profile(prepared.catalog, prepared, largeObjects: nil, impact: nil))
        }
    }

    /// What an earlier survey had begun, and this one has not come to.
    private var earlierCheckpoints: [TableCheckpoint] {
        guard let begun = survey.resumption?.begun else { return [] }
        return rounds.untouched.compactMap { begun[$0.relation.oid] }
    }

    /// What another survey needs to resume this one; nil where nothing is left.
    private func checkpoint(
        _ tables: [TableCheckpoint], of profile: Profile, _ prepared: Survey.Prepared
    ) -> SurveyCheckpoint? {
        // Two snapshots of all tables do not go together.
        let hasLooks = options.plan.method == .auto && profile.tables.contains(where: \.isLook)
        guard !profile.isComplete || hasLooks, !options.isConsistent else { return nil }
        return SurveyCheckpoint(
            format: SurveyCheckpoint.currentFormat, options: options.plan, scope: options.scope,
            tables: tables, probes: prepared.probes)
    }
}

/// The queues of a survey, one after the other.
private final class Rounds: Sendable {
    private let state = Mutex<[ScanQueue]>([])

    func add(_ queue: ScanQueue) { state.withLock { $0.append(queue) } }

    var queues: [ScanQueue] { state.withLock(\.self) }
    /// What was never finished: tables that were begun, and plans that were not.
    var begun: [(queue: ScanQueue, tree: TreeScan)] {
        queues.flatMap { queue in queue.remainder().begun.map { (queue, $0) } }
    }
    var untouched: [TablePlan] { queues.flatMap { $0.remainder().untouched } }
}
