/// Why the shards of a distributed table could not be read on the servers that hold them.
public enum ShardProblem: Error, Hashable, Sendable {
    /// Which shards there are cannot be read in the catalog, in the words of the server.
    case catalog(String)
    /// The server that is asked for the shards is not the coordinator, but a worker or a replica, whose catalog may be behind.
    case behind
    /// A shard has no name that can be told, as where that of the table is too long to have a number behind it.
    case unnamed
    /// A shard is on no server that is in use.
    case unplaced
    /// A server refuses, or cannot be reached: host and port, and its words.
    case refused(place: String, String)
    /// The coordinator itself does not reach a server: host and port.
    case unreached(place: String)
    /// A server that is none of the cluster, or another one than the catalog says: host and port.
    case otherServer(place: String)
    /// A shard is not where the catalog says.
    case missing(RelationName, place: String)
    /// A shard was not measured, for a reason.
    case unmeasured(RelationName, Unmeasured.Reason)
    /// Shards are not of the same shape, or of another one than the table.
    case different(String)
    /// Shards were moved, divided or added while they were read.
    case moved
}
