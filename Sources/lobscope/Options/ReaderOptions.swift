import ArgumentParser
import LOBProfile
import PostgreSQLClient

/// Several servers to read rows from.
struct ReaderOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A replica to read tables from; may be repeated.",
            discussion: """
                Each is a connection string like CONNINFO, for the same database and role on a streaming replica of the same \
                primary, or on the primary itself; what it leaves out comes from the environment. Tables are read from them in \
                parallel, each from one of them in its own snapshot, with --jobs connections to each. Only the catalog is read \
                from CONNINFO. What a reader had begun that is lost, the others read. Unlogged tables are not on replicas.
                """,
            valueName: "conninfo"))
    var reader: [String] = []

    @Flag(
        help: ArgumentHelp(
            "Read tables of Citus shard by shard on its workers.",
            discussion: """
                Connects to each server that the catalog of Citus names with what leads to CONNINFO, but for host and port; a password \
                in it is sent there too, and ~/.pgpass may have others. Each shard is read once, every row of it, with --jobs \
                connections to each server. A table whose shards cannot be read there is read through CONNINFO, as without this flag.
                """))
    var shards = false

    /// The most of them: each takes connections, and memory here for what it reads.
    private static let most = 16

    mutating func validate() throws {
        guard reader.count <= Self.most else {
            throw ValidationError("--reader may be given \(Self.most) times, not \(reader.count).")
        }
    }

    /// The parsed connection strings.
    ///
    /// - Throws: `CommandFailure` for one that libpq does not understand.
    func parsed() throws(CommandFailure) -> [Conninfo] {
        var parsed: [Conninfo] = []
        for (index, text) in reader.enumerated() {
            do throws(PostgreSQLError) { parsed.append(try Conninfo(text)) } catch {
                throw CommandFailure("--reader \(index + 1): \(error.description)")
            }
        }
        return parsed
    }

    /// Refuses what cannot be said of shards.
    func checkShards(_ measuring: MeasuringOptions, isConsistent: Bool) throws {
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
