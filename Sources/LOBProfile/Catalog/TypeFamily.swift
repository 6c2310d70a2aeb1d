/// The kinds of column that lobscope tells apart, after domains are resolved to their base type.
public enum TypeFamily: String, Sendable, Codable, CaseIterable {
    case text, citext, varchar, bpchar, json, jsonb, xml, hstore, array, composite, bytea
    case tsvector, tsquery, path, polygon, geometry, geography
    /// `oid` or `lo`: may refer to a large object; holds no LOB itself.
    case largeObjectReference

    /// The class that DMS gives to columns of the family.
    ///
    /// PostGIS types are in no table of the guide; they travel as text and are treated as NCLOB.
    public var lobClass: LOBClass {
        switch self {
        case .text, .citext, .json, .jsonb, .hstore, .array, .composite, .geometry, .geography: .nclob
        case .xml, .tsvector, .tsquery, .path, .polygon: .clob
        case .bytea: .blob
        case .varchar, .bpchar, .largeObjectReference: .none
        }
    }

    /// Whether the size of a value is in its header, so that reading it never decompresses the value
    /// nor visits the TOAST table (text, varchar, bpchar, citext, xml, bytea).
    public var sizeIsInHeader: Bool {
        switch self {
        case .text, .citext, .varchar, .bpchar, .xml, .bytea: true
        default: false
        }
    }

    /// Whether a value that is cut is no longer valid, so that the target rejects it.
    public var isStructured: Bool {
        switch self {
        case .json, .jsonb, .xml, .hstore, .array, .composite, .geometry, .geography: true
        default: false
        }
    }
}
