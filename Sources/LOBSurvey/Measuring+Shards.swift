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
        let catalog: ShardCatalog
        do throws(ShardProblem) { catalog = try ShardCatalog(prepared.session, prepared.begin) } catch {
            for tree in distributed.sorted() { tell(byTree[tree] ?? [], error) }
            return plans
        }
        var trees: [ShardTree] = []
        for tree in distributed.sorted() {
            let own = byTree[tree] ?? []
            do throws(ShardProblem) { trees.append(try ShardTree(own, catalog.placements)) } catch {
                tell(own, error)
            }
        }
        let done = await read(trees, catalog, prepared)
        return plans.filter { !done.contains($0.relation.oid) }
    }

    /// Reads the shards of tables; returns the OIDs of those that were measured.
    private func read(
        _ trees: [ShardTree], _ catalog: ShardCatalog, _ prepared: Survey.Prepared
    ) async -> Set<UInt32> {
        let work = work(trees, catalog, prepared.catalog.database)
        let first = await each(work) { await $0.read($1) }
        endAll(after: first)
        let encoding = prepared.catalog.server.encoding
        let whole = trees.filter { tree in
            guard let problem = tree.problem(in: first, encoding: encoding) else { return true }
            tell(tree.parts.map(\.plan), problem)
            return false
        }
        let states = states(work.map(\.server), of: whole)
        let isQuiet = whole.map { $0.isOfOneMoment(first, states) }
        let busy = Set(zip(whole, isQuiet).filter { !$1 }.flatMap { $0.0.shards }.compactMap(\.name))
        let again = work.filter { !busy.isDisjoint(with: $0.shards) }
        let later = await each(again) { server, _ in
            await server.changes(since: first[server.node] ?? .init(), of: busy)
        }
        endAll(after: later)
        let now = try? ShardCatalog.placements(prepared.session)
        var done: Set<UInt32> = []
        for (tree, isQuiet) in zip(whole, isQuiet) {
            // What was proven of the first reading is true of no other.
            let readings = isQuiet ? first : later
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

    /// Each server with the shards that are read there.
    private func work(
        _ trees: [ShardTree], _ catalog: ShardCatalog, _ database: Identifier
    ) -> [(server: ShardServer, shards: [RelationName])] {
        Dictionary(grouping: trees.flatMap(\.shards)) { $0.node }.compactMap { node, shards in
            guard let node else { return nil }
            let server = ShardServer(
                node, conninfo(of: node, database), startedAt: catalog.start(of: node), as: survey)
            return (server, shards.compactMap(\.name).sorted())
        }
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
    private func conninfo(of node: ShardPlacement.Node, _ database: Identifier) -> Conninfo {
        guard node.group != ShardCatalog.coordinator else { return survey.conninfo }
        let conninfo = survey.conninfo.leading(toHost: node.host, port: node.port)
        return database.text.map { conninfo.setting("dbname", $0) } ?? conninfo
    }

    /// Ends the survey where a server crashed: what crashed it would do it again through the coordinator.
    private func endAll(after readings: Readings) {
        for (node, reading) in readings where reading.hasCrashed {
            for reader in readers { reader.gate.stop(.crashed, detail: node.place) }
        }
    }

    private func tell(_ plans: [TablePlan], _ problem: ShardProblem) {
        // Where the survey ends, it is read nowhere.
        guard !Task.isCancelled, canGoOn else { return }
        for plan in plans { survey.listener(.shardsNotRead(plan.relation.name, problem)) }
    }
}
