import LOBProfile
import PostgreSQLClient

/// Reading the shards of distributed tables on the servers that hold them.
extension Measuring {
    private typealias Readings = [ShardPlacement.Node: ShardServer.Reading]

    /// Measures distributed tables shard by shard, where that was asked for; returns the plans of all tables that are still to
    /// be read, those among them whose shards could not be.
    ///
    /// Citus has no snapshot of several servers. Each shard is read in a moment of its own; where nothing was committed on its
    /// servers from then until all are read, every moment in between sees what was read, and the figures are exact. Else what
    /// changed since is read in addition, beginning when the last shard was read.
    func readShards(of plans: [TablePlan], _ prepared: Survey.Prepared) async -> [TablePlan] {
        let distributed = Set(plans.filter { $0.relation.isDistributed == true }.map(\.relation.treeOID))
        let isAsked = options.readsShards && options.plan.timeBudget == nil && !options.isConsistent
        guard isAsked, !distributed.isEmpty else { return plans }
        let byTree = Dictionary(grouping: plans) { $0.relation.treeOID }
        let placements: [UInt32: [ShardPlacement]]
        do throws(PostgreSQLError) { placements = try Self.placements(prepared.session) } catch {
            for tree in distributed.sorted() {
                tell(byTree[tree] ?? [], .catalog(error.description))
            }
            return plans
        }
        var trees: [ShardTree] = []
        for tree in distributed.sorted() {
            let own = byTree[tree] ?? []
            do throws(ShardProblem) { trees.append(try ShardTree(own, placements)) } catch {
                tell(own, error)
            }
        }
        let done = await read(trees, prepared)
        return plans.filter { !done.contains($0.relation.oid) }
    }

    /// Reads the shards of tables; returns the OIDs of those that were measured.
    private func read(_ trees: [ShardTree], _ prepared: Survey.Prepared) async -> Set<UInt32> {
        let servers = Dictionary(grouping: trees.flatMap(\.shards)) { $0.node }
        var work: [(server: ShardServer, shards: [RelationName])] = []
        let own = try? Self.ownGroup(prepared.session)
        for (node, shards) in servers {
            guard let node else { continue }
            let conninfo = self.conninfo(of: node, own: own, prepared.catalog.database)
            work.append((ShardServer(node, conninfo, as: survey), shards.compactMap(\.name).sorted()))
        }
        var readings = await each(work) { await $0.read($1) }
        let encoding = prepared.catalog.server.encoding
        let whole = trees.filter { tree in
            guard let problem = tree.problem(in: readings, encoding: encoding) else { return true }
            tell(tree.parts.map(\.plan), problem)
            return false
        }
        let states = states(work.map(\.server), of: whole)
        let isQuiet = whole.map { $0.isOfOneMoment(readings, states) }
        let busy = Set(zip(whole, isQuiet).filter { !$1 }.flatMap { $0.0.shards }.compactMap(\.name))
        if !busy.isEmpty {
            let before = readings
            let again = work.filter { !busy.isDisjoint(with: $0.shards) }
            let later = await each(again) { server, _ in
                await server.changes(since: before[server.node] ?? .init(), of: busy)
            }
            readings.merge(later) { $1 }
        }
        let now = try? Self.placements(prepared.session)
        var done: Set<UInt32> = []
        for (tree, isQuiet) in zip(whole, isQuiet) {
            do throws(ShardProblem) {
                if let problem = tree.problem(in: readings, encoding: encoding) { throw problem }
                for part in tree.parts where now?[part.plan.relation.oid] != part.shards { throw .moved }
                let tables = try tree.tables(readings, isOfOneMoment: isQuiet)
                guard tables.count == tree.parts.count else { throw .moved }
                results.add(tables.map { ($0, []) })
                done.formUnion(tables.map(\.relation.oid))
            } catch {
                tell(tree.parts.map(\.plan), error)
            }
        }
        return done
    }

    /// Does something on all servers at the same time.
    private func each(
        _ work: [(server: ShardServer, shards: [RelationName])],
        _ body: @escaping @Sendable (ShardServer, [RelationName]) async -> ShardServer.Reading
    ) async -> Readings {
        await withTaskGroup(of: (ShardPlacement.Node, ShardServer.Reading).self) { group in
            for (server, shards) in work {
                group.addTask(executorPreference: executor) {
                    (server.node, await body(server, shards))
                }
            }
            var readings: Readings = [:]
            for await (node, reading) in group { readings[node] = reading }
            return readings
        }
    }

    /// What the servers see when all shards are read; nothing of one that does not answer.
    private func states(
        _ servers: [ShardServer], of trees: [ShardTree]
    ) -> [ShardPlacement.Node: ShardServer.State] {
        let nodes = Set(trees.flatMap(\.nodes))
        var states: [ShardPlacement.Node: ShardServer.State] = [:]
        for server in servers where nodes.contains(server.node) { states[server.node] = try? server.state() }
        return states
    }

    /// Leads to a server as the catalog names it, with the rest of what leads to this one.
    private func conninfo(
        of node: ShardPlacement.Node, own: Int64?, _ database: Identifier
    ) -> Conninfo {
        guard node.group != own else { return survey.conninfo }
        let conninfo = survey.conninfo.leading(toHost: node.host, port: node.port)
        return database.text.map { conninfo.setting("dbname", $0) } ?? conninfo
    }

    /// The shards of each table, by its OID.
    private static func placements(
        _ session: ServerSession
    ) throws(PostgreSQLError) -> [UInt32: [ShardPlacement]] {
        let all = try session.withConnection { (connection) throws(PostgreSQLError) in
            try ReadTransaction(session.preamble).values(of: ShardPlacement.query, over: &connection) {
                (row: borrowing Row) throws(PostgreSQLError) in try ShardPlacement(row)
            }
        }
        return Dictionary(grouping: all) { $0.table }
    }

    private static func ownGroup(_ session: ServerSession) throws(PostgreSQLError) -> Int64? {
        try session.withConnection { (connection) throws(PostgreSQLError) in
            try ReadTransaction(session.preamble).values(of: ShardPlacement.ownGroup, over: &connection) {
                (row: borrowing Row) throws(PostgreSQLError) in try row.int64(0)
            }
        }.first
    }

    private func tell(_ plans: [TablePlan], _ problem: ShardProblem) {
        // What was interrupted is read nowhere.
        guard !Task.isCancelled else { return }
        for plan in plans { survey.listener(.shardsNotRead(plan.relation.name, problem)) }
    }
}
