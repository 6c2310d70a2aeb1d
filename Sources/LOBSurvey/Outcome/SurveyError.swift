public import LOBProfile
public import PostgreSQLClient

/// Why a survey could not be done at all; what could not be measured of it is listed in its profile.
public enum SurveyError: Error, Sendable, CustomStringConvertible {
    /// The server refused, or the connection failed.
    case postgreSQL(PostgreSQLError)
    /// A pooler that gives each statement to another session.
    case poolOfStatements
    /// A server older than 9.6.
    case serverTooOld(version: Int)
    /// The survey to resume is another one.
    case cannotResume(difference: String)
    /// Patterns that match nothing: probably not what was meant.
    case nothingMatches(option: String, pattern: NamePattern)
    /// A pattern that matches views alone.
    case isView(option: String, pattern: NamePattern)
    /// pglogical's replication sets cannot tell the slots.
    case pglogical(PGLogicalProblem)
    /// A server that was named to read rows from cannot be one of the readers.
    case reader(place: String, ReaderProblem)
    /// One moment of all tables was asked for, and several servers to read them from.
    case readersOfOneMoment

    /// Why the replication sets of a source could not be read.
    public enum PGLogicalProblem: Error, Sendable {
        case notInstalled, notReadable, noSets
    }

    /// The object first, in lower case, with a hint on its own line.
    public var description: String {
        switch self {
        case .postgreSQL(let error): error.description
        case .poolOfStatements:
            """
            connection: the pooler refuses transactions (statement pooling)
            hint: connect to the server itself, or to a pool in transaction or session mode
            """
        case .serverTooOld(let version):
            "server version \(version / 10_000).\(version / 100 % 100) is too old\nhint: lobscope needs PostgreSQL 9.6 or later"
        case .cannotResume(let difference):
            """
            --resume: the run in the folder cannot be resumed: \(difference)
            hint: give the options and the database of that run, or leave --resume out to start over
            """
        case .nothingMatches(let option, let pattern):
            """
            \(option) "\(pattern.source.losslessText)": no table matches
            hint: names outside double quotes are folded to lower case; write \(Self.form(option)), with * and ? as wildcards
            """
        case .isView(let option, let pattern):
            """
            \(option) "\(pattern.source.losslessText)": a view, which is not measured
            hint: DMS loads views in full load only, into tables; name the tables that it reads
            """
        case .pglogical(let problem): problem.text
        case .reader(let place, let problem): "--reader \(place): \(problem.text)"
        case .readersOfOneMoment:
            "--reader: several servers have no moment in common\nhint: leave out --consistent, or --reader"
        }
    }

    /// What a pattern of an option looks like.
    private static func form(_ option: String) -> String {
        option.utf8.elementsEqual("--schema".utf8) ? "the name of a schema" : "schema.table"
    }
}

extension SurveyError.PGLogicalProblem {
    fileprivate var text: String {
        switch self {
        case .notInstalled:
            "extension \"pglogical\" is not in the database\nhint: use --slots auto or --slots FILE, or name another database"
        case .notReadable:
            """
            replication sets of pglogical may not be read by this role
            hint: GRANT USAGE ON SCHEMA pglogical TO ...; GRANT SELECT ON ALL TABLES IN SCHEMA pglogical TO ...;
            """
        case .noSets:
            "pglogical has no replication set with a table\nhint: use --slots auto to have slots proposed"
        }
    }
}

extension SurveyError {
    /// Why a server cannot be one of several readers.
    public enum ReaderProblem: Error, Sendable {
        /// It cannot be reached, or refuses, in its words.
        case refused(String)
        /// A role may be refused the system identifier, of this server or of that of the catalog.
        case unknownCluster
        case otherCluster
        case otherDatabase(Identifier, than: Identifier)
        case otherRole(Identifier, than: Identifier)
        /// A setting that is not pinned, that measured columns depend on, and that sessions have otherwise there.
        case otherSetting(String)
        /// It has not replayed what the catalog was read of.
        case behind(replayed: LSN?, needed: LSN?)

        fileprivate var text: String {
            switch self {
            case .refused(let words): words
            case .unknownCluster:
                """
                the role may not read which cluster it is of
                hint: GRANT EXECUTE ON FUNCTION pg_control_system() to the role
                """
            case .otherCluster:
                """
                of another cluster than the main connection
                hint: name streaming replicas of one primary, or the primary itself
                """
            case .otherDatabase(let name, let other):
                """
                database "\(name.losslessText)", and not "\(other.losslessText)" as the main connection
                hint: name the same database in each connection string; what one leaves out comes from the environment
                """
            case .otherRole(let name, let other):
                """
                connects as "\(name.losslessText)", and not as "\(other.losslessText)" as the main connection
                hint: name the same role in each connection string: what it may read and do decides how tables are read
                """
            case .otherSetting(let name):
                """
                sessions there have another \(name), and measured columns depend on it
                hint: set it for the role or the database: ALTER ROLE ... SET \(name) = ...
                """
            case .behind(let replayed, let needed):
                """
                has replayed to \(Self.position(replayed)), and other tables than the catalog has at \(Self.position(needed))
                hint: wait until it has caught up, resume its replay (pg_wal_replay_resume()), or leave it out
                """
            }
        }

        private static func position(_ position: LSN?) -> String {
            position?.description ?? "an unknown position"
        }
    }
}
