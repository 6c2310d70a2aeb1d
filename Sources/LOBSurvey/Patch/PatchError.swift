public import LOBProfile

/// Why there is no patch plan.
public enum PatchError: Error, Sendable, CustomStringConvertible {
    case survey(SurveyError)
    /// The server holds another database than the one of the profile.
    case otherDatabase(Identifier)
    /// More rows than may be patched by hand.
    case tooManyRows(RelationName, most: Int)
    /// Rows above the limit, and nothing that names them.
    case noKey(RelationName, rows: Int)

    /// Rows above the limit in a table and those that inherit from it, whose keys name no row of all of them.
    case inherited(RelationName, rows: Int)
    /// The table is no longer the one of the catalog, or of the profile.
    case changed(RelationName)

    /// Reading the table could run code of others, and the role may do more than read.
    case foreignCode(RelationName, String)

    /// The object first, in lower case, with a hint on its own line.
    public var description: String {
        switch self {
        case .survey(let error): error.description
        case .otherDatabase(let name):
            """
            source is another database or server than that of the snapshot
            hint: connect to "\(name.losslessText)" on the server of the snapshot, or a replica of it
            """
        case .tooManyRows(let table, let most):
            """
            "\(table.losslessText)" has more than \(most) rows above its limit: a patch plan is for few rows
            hint: raise the limit of the table, make it unlimited, or allow more with --max-rows
            """
        case .foreignCode(let table, let detail):
            """
            "\(table.losslessText)" is not read, because that could run code of its owner: \(detail)
            hint: connect as a role that may only read, or leave the table out
            """
        case .inherited(let table, let rows):
            """
            "\(table.losslessText)" has \(rows) rows above its limit, in itself or in tables that inherit from it, and its \
            key does not identify theirs
            hint: raise the limit of the table, or select the tables that inherit from it instead
            """
        case .changed(let table):
            """
            "\(table.losslessText)" has changed since it was profiled
            hint: profile it again
            """
        case .noKey(let table, let rows):
            """
            "\(table.losslessText)" has \(rows) rows above its limit, and no key that identifies them
            hint: add a primary key, or raise the limit of the table
            """
        }
    }
}
