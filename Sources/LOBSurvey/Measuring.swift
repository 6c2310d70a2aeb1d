import LOBProfile
import PostgreSQLClient
import Synchronization

/// The part of a survey that reads rows: rounds of tables, then large objects, beside what watches the server and keeps
/// checkpoints.
struct Measuring: Sendable {
    let survey: Survey
    let executor: BlockingExecutor
    private let startedAt: Int64
    private let start: ContinuousClock.Instant
    let results: SurveyResults
    /// What was seen at first of tables that take long.
    let looks: SurveyResults
    /// The servers that rows are read from, one or more.
    let readers: [Reader]
    let rounds = Rounds()

    var options: SurveyOptions { survey.options }

    private init(
        _ survey: Survey, _ executor: BlockingExecutor, _ readers: [Reader], _ startedAt: Int64,
        _ start: ContinuousClock.Instant
    ) {
        (self.survey, self.executor, self.readers) = (survey, executor, readers)
        (self.startedAt, self.start) = (startedAt, start)
        results = SurveyResults(survey.listener)
        looks = SurveyResults {
            switch $0 {
            case .reconnecting, .readerLost: survey.listener($0)
            default: break
            }
        }
    }

    /// What the measuring itself ends with.
    struct End: Sendable {
        var lastError: PostgreSQLError?
        var largeObjects: LargeObjectSummary?
        /// The relations whose plan was made again, and those that came instead.
        var replanned: Replanned?
    }

    /// Measures everything.
    ///
    /// - Throws: `SurveyError` when the catalog cannot be read, or the survey to resume is another one.
    static func outcome(
        of survey: Survey, _ executor: BlockingExecutor
    ) async throws(SurveyError) -> SurveyOutcome {
        let (startedAt, start) = (Survey.now(), ContinuousClock.now)
        let prepared = try await survey.prepareAgainWhenLost()
        return try await Measuring(survey, executor, prepared.readers, startedAt, start).outcome(prepared)
    }

    private func outcome(_ prepared: Survey.Prepared) async throws(SurveyError) -> SurveyOutcome {
        if prepared.catalog.server.isLinkUnverified == true { survey.listener(.linkUnverified) }
        survey.listener(.planned(prepared.plan))
        for entry in prepared.plan.unmeasurable { results.add(entry) }
        if options.isConsistent { for reader in readers { try takeSnapshot(reader) } }
        let end = await watched(prepared) { await work(prepared) }
        let checkpoints =
            rounds.begun.flatMap { $0.tree.checkpoints(startedAt: startedAt) } + earlierCheckpoints
        let stop = stop(after: end.lastError)
        finish(stop)
        if stop.reason == .timeBudget { listAltered(prepared) }
        let held = readers.reduce(0) { $0 + $1.moments.end() }
        let catalog = end.replanned?.catalog(instead: prepared.catalog) ?? prepared.catalog
        results.addRest(of: catalog, options.policy)
        let profile = profile(
            catalog, prepared, largeObjects: end.largeObjects,
            impact: ServerImpact(
                walBytes: prepared.wal.bytes(), includesOtherSessions: true, pauses: pauses,
                snapshotSeconds: options.isConsistent ? held : nil))
        return SurveyOutcome(
            profile: profile, checkpoint: checkpoint(checkpoints, of: profile, prepared),
            finished: rounds.queues.flatMap(\.finished).flatMap { $0.checkpoints(startedAt: startedAt) })
    }

    /// Takes the snapshot of all tables, and makes sure that something can be read in it.
    private func takeSnapshot(_ reader: Reader) throws(SurveyError) {
        let (session, moments, gate) = (reader.session, reader.moments, reader.gate)
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
        var (tables, unmeasured) = results.accounted(options.plan)
        for index in tables.indices {
            let functions = code.functions[tables[index].relation.oid]
            tables[index].relation.foreignFunctions = functions ?? tables[index].relation.foreignFunctions
        }
        var server = catalog.server
        server.rolePower = code.power ?? server.rolePower
        return Profile(
            lobscopeVersion: Survey.version, database: catalog.database, server: server,
            startedAt: startedAt, finishedAt: Survey.now(), options: options.plan, policy: options.policy,
            tables: !options.policy.expectsGrowth
                ? tables : tables.map { survey.growing($0, prepared.rates) },
            largeObjects: largeObjects, unmeasured: unmeasured, impact: impact, scope: options.scope,
            certificate: Certificate(
                serverStartedAt: prepared.begin.server.startedAt,
                snapshotLimit: prepared.snapshotLimit, isOneMoment: options.isConsistent,
                settings: prepared.session.pinnedSettings,
                replica: options.readers.isEmpty ? prepared.begin.moment.replica : nil,
                readers: options.readers.isEmpty ? nil : readers.compactMap(\.certified)))
    }

    /// Does the work beside the watchers of the readers and what keeps checkpoints; when the work or the last watcher ends,
    /// the rest is cancelled.
    private func watched(
        _ prepared: Survey.Prepared, _ work: @escaping @Sendable () async -> End
    ) async -> End {
        await withTaskGroup(of: End?.self) { group in
            group.addTask {
                // What keeps checkpoints runs until it is cancelled, or does not run at all.
                await withTaskGroup { both in
                    both.addTask { await keepCheckpoints(prepared) }
                    await withTaskGroup(of: Void.self) { watchers in
                        for reader in readers { watchers.addTask { await watcher(of: reader).run() } }
                    }
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

    private func watcher(of reader: Reader) -> Watcher {
        Watcher(
            session: reader.session, isReplica: reader.isReplica, throttle: options.throttle,
            budget: options.plan.timeBudget.map { .seconds($0) }, gate: reader.gate, results: results,
            start: start, moments: reader.moments)
    }

    /// All pauses so far, by cause, of all readers together.
    private var pauses: [ServerImpact.Pause] {
        let all = readers.flatMap(\.gate.totals)
        return ServerImpact.Cause.allCases.compactMap { cause in
            let pauses = all.filter { $0.cause == cause }
            guard !pauses.isEmpty else { return nil }
            return ServerImpact.Pause(
                cause: cause, count: pauses.reduce(0) { $0 + $1.count },
                seconds: pauses.reduce(0) { $0 + $1.seconds })
        }
    }

    /// Why something can be left.
    func stop(after lastError: PostgreSQLError?) -> Gate.Stop {
        let stops = readers.compactMap(\.gate.stop)
        if let crash = stops.first(where: { $0.reason == .crashed }) { return crash }
        if stops.count == readers.count, let first = stops.first {
            return stops.first { $0.reason == .timeBudget } ?? first
        }
        let reader = readers.first { $0.gate.stop == nil }
        guard let lastError, let reader, !Task.isCancelled else {
            return Gate.Stop(reason: .interrupted, detail: nil)
        }
        return Self.stop(of: reader, after: lastError)
    }

    /// Why a reader is of no use any more.
    static func stop(of reader: Reader, after error: PostgreSQLError) -> Gate.Stop {
        if ServerSession.saysThatConnectionsAreShort(error) { return reader.gate.tooFewConnections }
        return Gate.Stop(reason: error.isElsewhere ? .otherServer : .connectionLost, detail: reader.place)
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

    /// Lists tables that got other columns before a time budget ended: what is known of them is not all there is.
    private func listAltered(_ prepared: Survey.Prepared) {
        let listed = results.collected().unmeasured.filter { $0.reason == .changed }.map(\.relation)
        for relation in Replanned.altered(survey, prepared) where !listed.contains(relation.name) {
            results.add(Unmeasured(relation: relation.name, reason: .changed))
        }
    }
}

/// What was not looked at.
extension Measuring {
    /// Whether a crash emptied an unlogged table since an earlier survey measured it.
    func wasEmptied(_ relation: Relation, since resumption: Resumption, _ server: ServerIdentity)
        -> Bool
    {
        guard relation.isUnlogged == true, relation.blocks == 0,
            let before = resumption.profile.certificate?.serverStartedAt, before != server.startedAt
        else { return false }
        return resumption.finished[relation.oid].map { $0.rows.count > 0 } ?? false
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
