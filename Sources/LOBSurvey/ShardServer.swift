import LOBProfile
import PostgreSQLClient

/// A server of a Citus cluster, and those of its shards that are read there.
struct ShardServer: Sendable {
    let node: ShardPlacement.Node
    /// Leads to its database.
    let conninfo: Conninfo
    /// When the coordinator was told that it was started; nil where the coordinator does not reach it.
    private let startedAt: Int64?
    private let options: SurveyOptions
    private let assumedServerVersion: Int?
    private let listener: @Sendable (SurveyEvent) -> Void

    /// What was read there.
    struct Reading: Sendable {
        var tables: [RelationName: TableProfile] = [:]
        /// Why shards were not measured.
        var problems: [RelationName: ShardProblem] = [:]
        /// Why none was; nil where some may be.
        var problem: ShardProblem?
        var encoding: String?
        /// What was read, and in which moments, for ``ShardServer/changes(since:of:)``.
        var outcome: SurveyOutcome?

        /// Whether the server crashed while a shard was read, and took the survey of its shards with it.
        var hasCrashed: Bool {
            problems.values.contains { if case .unmeasured(_, .crashed) = $0 { true } else { false } }
        }
    }

    init(_ node: ShardPlacement.Node, _ conninfo: Conninfo, startedAt: Int64?, as survey: Survey) {
        (self.node, self.conninfo, self.startedAt) = (node, conninfo, startedAt)
        options = survey.options
        assumedServerVersion = survey.assumedServerVersion
        let whole = survey.listener
        listener = { event in
            switch event {
            // Tables and blocks are counted under the names that the plan has.
            case .reconnecting, .paused, .resumed: whole(event)
            default: break
            }
        }
    }

    /// What a server says of itself.
    struct State: Sendable {
        let answer: MomentQuery.Answer

        /// Whether all that a moment saw is still so, and nothing else.
        ///
        /// The same text means the same transactions, so that every moment between both sees the same. A replica does not list
        /// them.
        func isSame(as moment: SeenMoment) -> Bool {
            answer.replica == nil && moment.server == answer.server
                && moment.moment.snapshot?.utf8.elementsEqual(answer.visible) == true
        }
    }

    /// Asks the server what it sees, and makes sure that it is the one that the catalog means.
    func state() throws(ShardProblem) -> State {
        guard startedAt != nil else { throw .unreached(place: node.place) }
        var (answer, group): (MomentQuery.Answer?, Int64?) = (nil, nil)
        let session: ServerSession
        do throws(SurveyError) { session = try ServerSession(conninfo) } catch {
            throw .refused(place: node.place, error.description)
        }
        let statements = [
            MomentQuery(serverVersion: session.serverVersion).statement,
            Statement(ShardPlacement.ownGroup),
        ]
        do throws(PostgreSQLError) {
            try session.withConnection { (connection) throws(PostgreSQLError) in
                try ReadTransaction(session.preamble).run(statements, over: &connection) {
                    (statement: Int, row: borrowing Row) throws(PostgreSQLError) in
                    if statement == 0 {
                        answer = try MomentQuery.Answer(row)
                    } else {
                        group = try row.optionalInt64(0)
                    }
                }
            }
        } catch {
            throw error.sqlState == .undefinedTable
                ? .otherServer(place: node.place) : .refused(place: node.place, error.description)
        }
        guard let answer, group == node.group, answer.server.startedAt == startedAt else {
            throw .otherServer(place: node.place)
        }
        return State(answer: answer)
    }

    /// Reads shards, each in a moment of its own.
    func read(_ shards: [RelationName]) async -> Reading {
        do throws(ShardProblem) { _ = try state() } catch {
            return Reading(problem: error)
        }
        var (left, missing): ([RelationName], [RelationName: ShardProblem]) = (shards, [:])
        while !left.isEmpty {
            let scope = Scope(tables: left.map { NamePattern(exactly: $0) })
            do throws(SurveyError) {
                var reading = reading(try await survey(scope).runResumably())
                reading.problems.merge(missing) { first, _ in first }
                return reading
            } catch {
                guard case .nothingMatches(_, let pattern) = error,
                    let gone = left.first(where: { NamePattern(exactly: $0) == pattern })
                else { return Reading(problem: .refused(place: node.place, error.description)) }
                missing[gone] = .missing(gone, place: node.place)
                left.removeAll { $0 == gone }
            }
        }
        return Reading(problems: missing)
    }

    /// Reads what has changed of shards since they were read, of which not all are here.
    func changes(since reading: Reading, of shards: Set<RelationName>) async -> Reading {
        let own = shards.filter { reading.tables[$0] != nil }.sorted()
        guard let before = reading.outcome, !own.isEmpty else { return reading }
        let scope = Scope(tables: own.map { NamePattern(exactly: $0) })
        let checkpoint = SurveyCheckpoint(
            format: SurveyCheckpoint.currentFormat, options: before.profile.options, scope: scope,
            tables: before.finished.filter { shards.contains($0.relation.name) }, probes: [:])
        let resumption = Resumption(
            profile: before.profile.replacing(tables: [], deployment: nil), checkpoint: checkpoint)
        do throws(SurveyError) {
            return self.reading(try await survey(scope, resuming: resumption).runResumably())
        } catch {
            return Reading(problem: .refused(place: node.place, error.description))
        }
    }

    private func survey(_ scope: Scope, resuming resumption: Resumption? = nil) -> Survey {
        let plan = PlanOptions(
            method: .full, sample: options.plan.sample, scan: options.plan.scan,
            trustsOwners: options.plan.trustsOwners)
        var survey = Survey(
            conninfo,
            options: SurveyOptions(
                scope: scope, plan: plan, jobs: options.jobs, chunkTime: options.chunkTime,
                statementTimeout: options.statementTimeout, snapshotLimit: options.snapshotLimit,
                throttle: options.throttle, probes: false),
            resuming: resumption, listener: listener)
        survey.assumedServerVersion = assumedServerVersion
        survey.isOfShards = true
        return survey
    }

    private func reading(_ outcome: SurveyOutcome) -> Reading {
        let profile = outcome.profile
        guard profile.certificate?.serverStartedAt == startedAt else {
            return Reading(problem: .otherServer(place: node.place))
        }
        var reading = Reading(encoding: profile.server.encoding, outcome: outcome)
        for entry in profile.unmeasured {
            guard let relation = entry.relation else { continue }
            reading.problems[relation] = .unmeasured(relation, entry.reason)
        }
        for table in profile.tables where reading.problems[table.relation.name] == nil {
            reading.tables[table.relation.name] = table
        }
        return reading
    }
}
