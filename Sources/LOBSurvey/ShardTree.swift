import LOBProfile

/// A distributed table, or all parts of a partitioned one, with the shards of each: rows move between the parts, so the whole
/// is as certain as its least certain shard.
struct ShardTree: Sendable {
    /// A table and its shards.
    struct Part: Sendable {
        let plan: TablePlan
        let shards: [ShardPlacement]
    }

    let parts: [Part]

    var shards: [ShardPlacement] { parts.flatMap(\.shards) }
    /// The servers that it is on, in the order of their numbers.
    var nodes: [ShardPlacement.Node] { Set(shards.compactMap(\.node)).sorted { $0.group < $1.group } }

    /// The shards of plans of one logical table.
    ///
    /// - Throws: `ShardProblem` where one has none that can be found.
    init(_ plans: [TablePlan], _ placements: [UInt32: [ShardPlacement]]) throws(ShardProblem) {
        var parts: [Part] = []
        for plan in plans {
            let shards = placements[plan.relation.oid] ?? []
            guard plan.relation.isDistributed == true, !shards.isEmpty else { throw .unplaced }
            guard shards.allSatisfy({ $0.node != nil }) else { throw .unplaced }
            guard shards.allSatisfy({ $0.name != nil }) else { throw .unnamed }
            parts.append(Part(plan: plan, shards: shards))
        }
        self.parts = parts
    }

    /// Why not all shards were read; nil where they were.
    func problem(
        in readings: [ShardPlacement.Node: ShardServer.Reading], encoding: String
    ) -> ShardProblem? {
        for shard in shards {
            guard let node = shard.node, let name = shard.name, let reading = readings[node] else {
                return .unplaced
            }
            if let problem = reading.problem ?? reading.problems[name] { return problem }
            guard reading.tables[name] != nil else { return .missing(name, place: node.place) }
            guard reading.encoding?.utf8.elementsEqual(encoding.utf8) == true else {
                return .otherServer(place: node.place)
            }
        }
        return nil
    }

    /// Whether one moment sees all shards as they were read: there is only one, or nothing was committed on any of their servers
    /// from the first moment to a last look.
    func isOfOneMoment(
        _ readings: [ShardPlacement.Node: ShardServer.Reading],
        _ states: [ShardPlacement.Node: ShardServer.State]
    ) -> Bool {
        if shards.count == 1 { return true }
        return shards.allSatisfy { shard in
            guard let node = shard.node, let name = shard.name, let state = states[node],
                readings[node]?.tables[name]?.reading?.certainty == .oneMoment,
                let read = readings[node]?.outcome?.finished.first(where: { $0.relation.name == name })
            else { return false }
            return state.isSame(as: read.moments.first)
        }
    }

    /// The tables under their own names.
    ///
    /// - Parameter isOfOneMoment: as ``isOfOneMoment(_:_:)`` found.
    /// - Throws: `ShardProblem.different`.
    func tables(
        _ readings: [ShardPlacement.Node: ShardServer.Reading], isOfOneMoment: Bool
    ) throws(ShardProblem) -> [TableProfile] {
        let found = parts.map { part in
            part.shards.compactMap { shard -> TableProfile? in
                guard let node = shard.node, let name = shard.name else { return nil }
                return readings[node]?.tables[name]
            }
        }
        let all = found.flatMap { $0.compactMap(\.reading) }
        guard let whole = whole(all, isOfOneMoment: isOfOneMoment) else { return [] }
        var tables: [TableProfile] = []
        for (part, shards) in zip(parts, found) {
            let servers = Set(part.shards.compactMap { $0.node?.place }).sorted()
            let own = shards.compactMap(\.reading)
            let reading = TableReading(
                certainty: whole.certainty, moment: whole.moment,
                heldSeconds: own.map(\.heldSeconds).max() ?? 0, snapshots: whole.snapshots,
                changedVersions: whole.certainty == .caughtUp
                    ? own.compactMap(\.changedVersions).reduce(0, +) : nil,
                shards: .init(count: shards.count, servers: servers))
            do throws(MergeError) {
                tables.append(try ShardSum(shards, as: part.plan.relation).table(reading))
            } catch {
                throw .different(error.description)
            }
        }
        return tables
    }

    /// What all readings prove together, in which moment.
    private func whole(
        _ readings: [TableReading], isOfOneMoment: Bool
    ) -> (certainty: TableReading.Certainty, moment: Moment, snapshots: Int)? {
        let times = readings.sorted { $0.moment.takenAt < $1.moment.takenAt }
        guard readings.count == shards.count, let first = times.first, let last = times.last else {
            return nil
        }
        if isOfOneMoment { return (first.certainty, moment(last.moment), first.snapshots) }
        // Moments of shards that were read anew are not behind those of the others.
        let isCaughtUp = readings.allSatisfy { $0.certainty == .caughtUp }
        return (
            isCaughtUp ? .caughtUp : .severalMoments, moment(first.moment),
            max(2, readings.map(\.snapshots).max() ?? 2)
        )
    }

    /// A moment of one of the servers as one of all: a position in the log of one means nothing on another, nor on the one that
    /// has the catalog.
    private func moment(_ one: Moment) -> Moment {
        Moment(takenAt: one.takenAt, lsnBefore: nil, lsnAfter: nil, replica: one.replica)
    }
}
