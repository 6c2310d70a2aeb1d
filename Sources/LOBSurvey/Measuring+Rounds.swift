import LOBProfile
import PostgreSQLClient

/// Rounds of tables.
extension Measuring {
    /// Reads all tables, those that changed meanwhile once more, and the large objects.
    func work(_ prepared: Survey.Prepared) async -> End {
        var end = End()
        let plans = await readShards(of: carryOver(prepared.plan.tables, prepared.begin.server), prepared)
        let queue = ScanQueue(
            plans, serverVersion: prepared.session.serverVersion, begun: survey.resumption?.begun ?? [:],
            partial: prepared.partial,
            plansAgain: !options.isConsistent,
            order: prepared.plan.timeBudget == nil ? .dearestFirst : .cheapestFirst,
            keepsFinished: survey.isOfShards)
        rounds.add(queue)
        await look(prepared, at: Set(plans.map(\.relation.oid)))
        end.lastError = await read(queue)
        // What came after the one moment of all tables is not in it.
        if canGoOn, end.lastError == nil, !Task.isCancelled, !options.isConsistent {
            end.replanned = Replanned.look(survey, prepared, queue.changed, results)
        }
        if let replanned = end.replanned {
            for reader in readers { reader.moments.renew() }
            for table in replanned.plan.tables { survey.listener(.plannedAgain(table)) }
            for entry in replanned.unmeasured { results.add(entry) }
            for (relation, reason) in replanned.gone {
                results.add(
                    Survey.unmeasuredTable(relation),
                    unmeasured: [Unmeasured(relation: relation.name, reason: reason)])
            }
            let again = ScanQueue(
                replanned.plan.tables, serverVersion: prepared.session.serverVersion,
                partial: replanned.partial, plansAgain: false)
            rounds.add(again)
            catchUp(prepared.session)
            end.lastError = await read(again)
        } else {
            // Nobody could look: what had changed is given up.
            for tree in queue.changed { results.add(tree.outcomes(isWhole: true)) }
        }
        await takeLargestApart()
        end.largeObjects = await largeObjects()
        // What came after the last reading of a table.
        _ = try? prepared.session.withConnection { (connection) throws(PostgreSQLError) in
            try prepared.session.preamble.code?.look(prepared.session.preamble, over: &connection)
        }
        return end
    }

    /// Under a time budget looks at tables that take long, so that something is known of them where it ends before they were
    /// read.
    private func look(_ prepared: Survey.Prepared, at tables: Set<UInt32>) async {
        let plans = prepared.plan.looks.filter { tables.contains($0.relation.oid) }
        guard !plans.isEmpty else { return }
        let queue = ScanQueue(
            plans, serverVersion: prepared.session.serverVersion, partial: prepared.partial,
            plansAgain: false, order: .cheapestFirst)
        // Without it the tables are read all the same.
        _ = await read(queue, into: looks)
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
