/// What DMS makes of a column (DMS user guide, PostgreSQL source data types).
public enum LOBClass: String, Sendable, Codable, CaseIterable {
    /// Unicode character LOB: text, citext, json, jsonb, hstore, arrays, composites.
    case nclob
    /// Character LOB: xml, tsvector, tsquery, path, polygon.
    case clob
    /// Binary LOB: bytea.
    case blob
    /// Not a LOB to DMS; measured because it can be cut in another way (unbounded varchar).
    case none
}
