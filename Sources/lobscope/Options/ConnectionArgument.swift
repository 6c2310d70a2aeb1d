import ArgumentParser
import PostgreSQLClient

/// The server and database to look at.
struct ConnectionArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Where to connect: a libpq URI or keyword string, or a database name.",
            discussion: """
                Without it PGHOST, PGSERVICE, PGPASSFILE and the rest of libpq's ways work. A password belongs in \
                ~/.pgpass, a service file or PGPASSWORD; there is no option for it.
                """,
            valueName: "conninfo"))
    var conninfo: String?

    /// The parsed connection string.
    ///
    /// - Throws: `CommandFailure` for one that libpq does not understand.
    func parsed() throws(CommandFailure) -> Conninfo {
        do throws(PostgreSQLError) {
            return try Conninfo(conninfo)
        } catch {
            throw CommandFailure(error)
        }
    }
}
