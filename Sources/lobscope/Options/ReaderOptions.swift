import ArgumentParser
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
}
