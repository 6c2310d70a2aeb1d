import ArgumentParser
import PostgreSQLClient

/// What asks for help where -h is the host, as psql has it.
let helpBesideHost: NameSpecification = [.long, .customShort("?")]

/// The server and database to look at.
struct ConnectionArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Where to connect: a libpq URI or keyword string, or a database name.",
            discussion: """
                Without it, libpq's environment variables and files apply (PGHOST, PGSERVICE, PGPASSFILE and so on). A \
                password belongs in ~/.pgpass, a service file or PGPASSWORD; there is no option for it.
                """,
            valueName: "conninfo"))
    var conninfo: String?

    @Option(
        name: [.customShort("d"), .customLong("dbname")],
        help: ArgumentHelp("The database, or a connection string as above.", valueName: "dbname"))
    var database: String?

    @Option(name: [.customShort("h"), .long], help: "The server's host, or the folder of its socket.")
    var host: String?

    @Option(name: [.customShort("p"), .long], help: "The server's port.")
    var port: String?

    @Option(
        name: [.customShort("U"), .long], help: ArgumentHelp("The role to connect as.", valueName: "role"))
    var username: String?

    mutating func validate() throws {
        if conninfo != nil, database != nil {
            throw ValidationError("Say the database once: as the argument or with -d, not both.")
        }
    }

    /// The parsed connection string; what it says goes before single options, as psql has it.
    ///
    /// - Throws: `CommandFailure` for one that libpq does not understand.
    func parsed() throws(CommandFailure) -> Conninfo {
        do throws(PostgreSQLError) {
            let options = [("host", host), ("port", port), ("user", username)]
            return try options.reduce(into: Conninfo(conninfo ?? database)) { info, option in
                if let value = option.1, info.value(option.0) == nil { info = info.setting(option.0, value) }
            }
        } catch {
            throw CommandFailure(error)
        }
    }
}
