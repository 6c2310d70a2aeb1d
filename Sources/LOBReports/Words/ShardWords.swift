public import LOBAdvice

/// Why a table of Citus was not read shard by shard, and what helps.
public struct ShardWords {
    private let problem: ShardProblem

    /// The words for a problem.
    public init(_ problem: ShardProblem) { self.problem = problem }

    /// The reason, to follow the name of the table.
    public var reason: String {
        switch problem {
        case .catalog(let words): "its shards are not known: \(VisibleText.escape(words))"
        case .behind: "CONNINFO leads to a worker or a replica, whose catalog may be behind"
        case .unnamed: "its name is so long that those of its shards cannot be told"
        case .unplaced: "a shard of it is on no server that is in use"
        case .refused(let place, let words):
            "\(VisibleText.escape(place)) refuses: \(VisibleText.escape(words))"
        case .unreached(let place): "\(VisibleText.escape(place)) does not answer the coordinator"
        case .otherServer(let place): "\(VisibleText.escape(place)) is not the server that the catalog means"
        case .missing(let shard, let place):
            "shard \(shard.losslessText) is not on \(VisibleText.escape(place))"
        case .unmeasured(let shard, let reason):
            "shard \(shard.losslessText) was not measured: \(UnmeasuredWords.reason(reason))"
        case .different(let words): "its shards do not add up: \(VisibleText.escape(words))"
        case .moved: "its shards were moved or divided while they were read"
        }
    }

    /// What to do.
    public var remedy: String {
        switch problem {
        case .catalog:
            "grant the role SELECT on pg_dist_partition, pg_dist_shard, pg_dist_placement and pg_dist_node, and EXECUTE on run_command_on_workers"
        case .behind: "profile the coordinator itself, or leave out --shards"
        case .unnamed, .different: "nothing to do: the figures are the same"
        case .unplaced, .unreached: "look at pg_dist_node and pg_dist_placement, or leave out --shards"
        case .refused: "let this computer and the role in (pg_hba.conf there), with a password in ~/.pgpass"
        case .otherServer: "let the host and port of pg_dist_node lead there from this computer too"
        case .missing, .moved: "profile again when no shard is being moved"
        case .unmeasured: "grant the role there what it has here, or leave out --shards"
        }
    }
}
