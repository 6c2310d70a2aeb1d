import LOBProfile
import PostgreSQLClient

/// Which settings change the texts of columns, by what their types are made of.
struct TextDependence {
    /// The columns that are measured.
    private let columns: [Column]
    private let serverVersion: Int
    private var settings: [UInt32: Set<TextSetting>] = [:]

    init(_ catalog: Catalog, serverVersion: Int) {
        columns = catalog.relations.flatMap { $0.columns.filter(\.isMeasured) }
        self.serverVersion = serverVersion
    }

    /// The base types whose output functions look at a setting, by OID.
    private static func types(_ setting: TextSetting) -> [UInt32] {
        switch setting {
        case .byteaOutput: [17]
        // abstime and tinterval, until 11, among them.
        case .dateStyle: [1082, 1114, 1184, 702, 704]
        case .timeZone: [1184, 702, 704]
        // float4, float8, point, lseg, path, box, polygon, line, circle
        case .extraFloatDigits: [700, 701, 600, 601, 602, 603, 604, 628, 718]
        case .intervalStyle: [1186, 703]
        case .moneyLocale: [790]
        // regproc, regprocedure, regoper, regoperator, regclass, regtype, regconfig, regdictionary, regcollation
        case .searchPath: [24, 2202, 2203, 2204, 2205, 2206, 3734, 3769, 4191]
        // The same, regrole and regnamespace.
        case .identifierQuotes: types(.searchPath) + [4096, 4089]
        }
    }

    /// One row for each type of a column and each base type of ours in it, and whether it is inside of another.
    ///
    /// What a type is made of: the base of a domain, elements, fields, bounds of ranges. cube of the extension prints numbers
    /// as PostgreSQL's own types do; it comes as float8.
    var query: SQL {
        let roots = Set(columns.map(\.typeOID)).sorted().map { type -> SQL in "\(type)" }
        return Self.query(
            ofTypes: "'{\(roots.joined(separator: ","))}'::pg_catalog.oid[]", serverVersion: serverVersion)
    }

    /// The same of the types in an array.
    static func query(ofTypes roots: SQL, serverVersion: Int) -> SQL {
        let leaves = Set(TextSetting.allCases.flatMap(types)).sorted().map { type -> SQL in "\(type)" }
        return """
            WITH RECURSIVE part(root, type, is_inside) AS (
                SELECT t.oid, t.oid, false FROM pg_catalog.pg_type t
                 WHERE t.oid = ANY (\(roots))
              UNION
                SELECT p.root, x.type, p.is_inside OR x.is_inside
                  FROM part p JOIN pg_catalog.pg_type t ON t.oid = p.type
                 CROSS JOIN LATERAL (
                    SELECT t.typbasetype, false WHERE t.typtype = 'd'
                    UNION ALL SELECT t.typelem, true WHERE t.typelem <> 0 AND t.typlen = -1
                    UNION ALL SELECT a.atttypid, true FROM pg_catalog.pg_attribute a
                     WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
                    UNION ALL SELECT r.rngsubtype, true FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid
                    \(serverVersion >= 140_000 ? multiranges : "")) x(type, is_inside))
            SELECT DISTINCT p.root, CASE WHEN t.typname = 'cube' THEN 701 ELSE t.oid END, p.is_inside
              FROM part p JOIN pg_catalog.pg_type t ON t.oid = p.type
             WHERE t.typname = 'cube' OR t.oid = ANY ('{\(leaves.joined(separator: ","))}'::pg_catalog.oid[])
            """
    }

    private static let multiranges: SQL =
        "UNION ALL SELECT r.rngtypid, true FROM pg_catalog.pg_range r WHERE r.rngmultitypid = t.oid"

    /// Adds a row of ``query``.
    mutating func add(_ row: borrowing Row) throws(PostgreSQLError) {
        let (root, leaf, isInside) = (try row.uint32(0), try row.uint32(1), try row.bool(2))
        for setting in TextSetting.allCases where Self.types(setting).contains(leaf) {
            // A bytea by itself is not read as text.
            guard setting != .byteaOutput || isInside else { continue }
            settings[root, default: []].insert(setting)
        }
    }

    /// The measured columns that depend on each setting.
    var counts: [TextSetting: Int] {
        var counts: [TextSetting: Int] = [:]
        for column in columns {
            for setting in settings[column.typeOID] ?? [] { counts[setting, default: 0] += 1 }
        }
        return counts
    }
}
