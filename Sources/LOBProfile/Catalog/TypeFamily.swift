/// The kinds of column that lobscope tells apart, after domains are resolved to their base type.
///
/// Types whose values are small whatever they hold are not among them: see ``DeclaredType/family``.
public enum TypeFamily: String, Sendable, Codable, CaseIterable {
    case text, citext, varchar, bpchar, json, jsonb, xml, hstore, array, composite, bytea
    case tsvector, tsquery, path, polygon, geometry, geography
    /// `oid` or `lo`: may refer to a large object; holds no LOB itself.
    case largeObjectReference
    /// `numeric` without digits, or with more than DMS has: a number to DMS, whose text can have nearly 150,000 bytes.
    case number
    /// `bit` or `bit varying` without a length, or with a long one: a string of one character a bit to DMS.
    case bits
    /// `numrange`, whose bounds are numbers without digits: a string of up to 255 characters to DMS.
    case range
    /// A type of variable length that no table of the DMS user guide has: vector, multirange, jsonpath, ltree and any
    /// type that an extension or a user made.
    case unlisted

    /// The class that DMS gives to columns of the family.
    ///
    /// PostGIS types are in no table of the guide; they travel as text and are treated as NCLOB. So is a type that is
    /// not listed: DMS may leave the column out, cut it as a string, or carry it as a LOB. Only in the last case do limits
    /// mean anything, and then one that is too small cuts values; where the column counts as a LOB and turns out to be none,
    /// a limit is merely larger than it had to be. Characters may take two bytes in an NCLOB, so its limits are the largest of
    /// all classes.
    public var lobClass: LOBClass {
        switch self {
        case .text, .citext, .json, .jsonb, .hstore, .array, .composite, .geometry, .geography, .unlisted:
            .nclob
        case .xml, .tsvector, .tsquery, .path, .polygon: .clob
        case .bytea: .blob
        case .varchar, .bpchar, .largeObjectReference, .number, .bits, .range: .none
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

    /// Whether a value that is cut is no longer valid, so that the target rejects it; of a type that is not listed that
    /// is not known, and assumed.
    public var isStructured: Bool {
        switch self {
        case .json, .jsonb, .xml, .hstore, .array, .composite, .geometry, .geography, .unlisted: true
        default: false
        }
    }

    /// Whether no value can be too large for DMS, so that none is measured: a short varchar, or a number that may refer to
    /// a large object.
    public func isHarmless(declaredLength: Int?) -> Bool {
        switch self {
        case .largeObjectReference: true
        case .varchar, .bpchar: declaredLength.map { $0 <= Column.unboundedVarcharCap } ?? false
        default: false
        }
    }

    /// The longest text, in bytes, that DMS's string or number for the type holds; nil where another rule says so.
    ///
    /// A number of 38 digits may have a sign, a point and a zero before it (DMS user guide, PostgreSQL source data types).
    public var longestText: Int64? {
        switch self {
        case .number: 41
        case .bits: Int64(Column.unboundedVarcharCap)
        case .range: 255
        default: nil
        }
    }
}
