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
            connection: \(Unmeasured.Reason.poolOfStatements.text)
            hint: \(Unmeasured(relation: nil, reason: .poolOfStatements).remedy)
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
