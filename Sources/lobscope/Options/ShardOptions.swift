import ArgumentParser
import LOBProfile

/// How tables of Citus are read.
struct ShardOptions: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "Read tables of Citus shard by shard on its workers.",
            discussion: """
                Connects to each server that the catalog of Citus names with what leads to CONNINFO, but for host and port; a password \
                in it is sent there too, and ~/.pgpass may have others. Each shard is read once, every row of it, with --jobs \
                connections to each server. A table whose shards cannot be read there is read through CONNINFO, as without this flag.
                """))
    var shards = false

    /// Refuses what cannot be said of shards.
    func check(_ measuring: MeasuringOptions, isConsistent: Bool) throws {
        if isConsistent {
            throw ValidationError(
                "--shards cannot be --consistent: the servers of Citus have no moment in common.")
        }
        if measuring.method == .sample || measuring.method == .bound || measuring.timeBudget != nil {
            throw ValidationError(
                "--shards reads every row: leave out --method sample, --method bound and --time-budget.")
        }
    }
}
