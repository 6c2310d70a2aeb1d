/// A function of somebody else's that PostgreSQL may run as whoever reads a table.
///
/// The planner evaluates constant calls in the expressions and predicates of indexes and in the expressions of extended
/// statistics, and looks into functions in SQL there. READ ONLY does not keep such code from what is no change of a
/// table, such as a program of the operating system.
public struct ForeignFunction: Hashable, Sendable, Codable {
    public let schema: Identifier
    public let name: Identifier
    /// Who can change what it does: neither a superuser nor the role that measures.
    public let owner: Identifier
    public let place: Place
    /// The index or the statistics.
    public let object: Identifier

    /// What calls it, itself or through an operator or another function.
    public enum Place: String, Sendable, Codable {
        case index, statistics
    }

    /// Creates an entry.
    public init(
        schema: Identifier, name: Identifier, owner: Identifier, place: Place, object: Identifier
    ) {
        self.schema = schema
        self.name = name
        self.owner = owner
        self.place = place
        self.object = object
    }

    /// Names it for people, such as `public.slug() of "tenant" in index post_slug`.
    public var text: String {
        "\(schema.losslessText).\(name.losslessText)() of \"\(owner.losslessText)\" in \(place.rawValue) "
            + object.losslessText
    }
}

/// What lets a role do more than read, the most powerful first.
public enum RolePower: String, Sendable, Codable {
    case superuser, createsRoles, replicates, predefinedRole, owns, writes

    /// It in words, behind "the role".
    public var text: String {
        switch self {
        case .superuser: "is a superuser"
        case .createsRoles: "may create roles"
        case .replicates: "may make replication slots"
        case .predefinedRole: "is a member of a predefined role that may do more than read"
        case .owns: "owns something in the database"
        case .writes: "may write to a table"
        }
    }
}

/// The functions of others in a database, and whether the role should keep away from them.
public struct CodeOfOthers: Sendable, Equatable {
    /// By the OID of the table that would run them when it is read.
    public var functions: [UInt32: [ForeignFunction]]
    /// What the role may do beside reading; nil where nothing, and where there are no such functions.
    public var power: RolePower?

    /// Creates an account.
    public init(functions: [UInt32: [ForeignFunction]] = [:], power: RolePower? = nil) {
        self.functions = functions
        self.power = power
    }
}
