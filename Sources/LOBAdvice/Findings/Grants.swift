/// The statements that let a role read what it may not read, ready to be run.
public struct Grants: Sendable, Equatable {
    /// The role that measured.
    public let role: Identifier
    /// GRANT statements, for schemas, tables and large objects, in the order of names, and what lets the role see all rows of
    /// tables under row security; empty where nothing was refused.
    public let statements: [String]
    /// Whether the owner of the tables cannot run all of them.
    public let needsSuperuser: Bool

    /// The statements for what permission was denied to.
    ///
    /// A whole table each, as `ctid` needs, though only a column was refused. A schema may be granted already.
    public init(_ profile: Profile) {
        role = profile.server.role
        let denied = Set(
            profile.unmeasured.filter { $0.reason == .permissionDenied }.compactMap(\.relation)
        ).sorted()
        let reader = SQLText.quoted(profile.server.role)
        let schemas = Set(denied.map(\.schema)).sorted().map {
            "GRANT USAGE ON SCHEMA \(SQLText.quoted($0)) TO \(reader);"
        }
        let tables = denied.map { "GRANT SELECT ON \(SQLText.quoted($0)) TO \(reader);" }
        let areObjectsDenied = profile.unmeasured.contains {
            $0.relation == nil && $0.reason == .permissionDenied
        }
        // An owner could turn row security off for everybody, which is not what was asked for.
        needsSuperuser = profile.unmeasured.contains { $0.reason == .rowSecurity }
        statements =
            schemas + tables
            + (areObjectsDenied ? ["GRANT SELECT ON pg_catalog.pg_largeobject TO \(reader);"] : [])
            + (needsSuperuser ? ["ALTER ROLE \(reader) BYPASSRLS;"] : [])
    }
}
