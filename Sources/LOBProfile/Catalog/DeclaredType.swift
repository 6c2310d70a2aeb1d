/// The type of a column behind any domains, as the catalog describes it; says which columns are measured.
public struct DeclaredType: Hashable, Sendable {
    /// The base type's OID: that of a built-in type is the same in every database.
    public let base: UInt32
    /// The base type's name, which counts only for types of an extension.
    public let name: Identifier
    public let kind: Kind
    /// Bytes of a value where all have the same (`pg_type.typlen`); nil where they vary.
    public let length: Int?
    /// The type modifier, -1 for none.
    public let modifier: Int
    /// The extension that the type belongs to.
    public let `extension`: Identifier?
    /// Whether a value is text as it stands, by a cast that runs no function.
    public let isBinaryText: Bool
    /// Of a range: whether its bounds are of a type with few bytes.
    public let hasSmallBounds: Bool

    /// `pg_type.typtype`, with arrays told apart.
    public enum Kind: String, Sendable {
        case base, composite, `enum`, range, multirange, array
    }

    /// Creates a description.
    public init(
        base: UInt32, name: Identifier, kind: Kind, length: Int?, modifier: Int,
        extension: Identifier? = nil, isBinaryText: Bool = false, hasSmallBounds: Bool = false
    ) {
        self.base = base
        self.name = name
        self.kind = kind
        self.length = length
        self.modifier = modifier
        self.extension = `extension`
        self.isBinaryText = isBinaryText
        self.hasSmallBounds = hasSmallBounds
    }

    /// Characters of varchar(n), char(n), bit(n) and bit varying(n); nil where none are declared.
    public var declaredLength: Int? {
        switch base {
        // The modifier counts a header of four bytes too (VARHDRSZ).
        case 1042, 1043: modifier >= 4 ? modifier - 4 : nil
        case 1560, 1562: modifier > 0 ? modifier : nil
        default: nil
        }
    }

    /// What the column is; nil where its values are small whatever they hold, so that no limit of DMS can cut them.
    ///
    /// This is the only list. Small are: types of a fixed length up to that of `name`, enums, whose labels are names, inet
    /// and cidr, numbers of up to 38 digits, bits up to DMS's longest string, and ranges over such types. What is neither
    /// small nor known is `unlisted`: nothing falls through.
    public var family: TypeFamily? {
        switch base {
        case 25: .text
        case 1043: .varchar
        case 1042: .bpchar
        case 114: .json
        case 3802: .jsonb
        case 142: .xml
        case 17: .bytea
        case 3614: .tsvector
        case 3615: .tsquery
        case 602: .path
        case 604: .polygon
        case 26: .largeObjectReference
        // int2vector and oidvector: their text differs from that of other arrays.
        case 22, 30: .hstore
        case 650, 869: nil
        // regprocedure: four bytes whose text is the signature of a function, with up to 100 types.
        case 2202: .unlisted
        case 1700: hasFewDigits ? nil : .number
        case 1560, 1562: declaredLength.map { $0 <= Column.unboundedVarcharCap } ?? false ? nil : .bits
        case 3906: .range
        default: familyByKind
        }
    }

    private var familyByKind: TypeFamily? {
        switch kind {
        case .composite: .composite
        case .array: .array
        case .enum: nil
        case .range where hasSmallBounds: nil
        default: familyByExtension ?? (isSmall ? nil : .unlisted)
        }
    }

    /// citext counts as text only where its cast is binary-coercible, as the extension makes it: another cast would be a
    /// function of somebody's that runs as us.
    private var familyByExtension: TypeFamily? {
        let isOf = { (`extension`: String, name: String) in
            self.extension == Identifier(`extension`) && self.name == Identifier(name)
        }
        if isOf("citext", "citext") { return isBinaryText ? .citext : .hstore }
        if isOf("hstore", "hstore") { return .hstore }
        if isOf("postgis", "geometry") { return .geometry }
        return isOf("postgis", "geography") ? .geography : nil
    }

    /// Bytes of the longest fixed length that is small: that of `name`.
    public static let smallLength = 64

    private var isSmall: Bool { length.map { $0 <= Self.smallLength } ?? false }

    /// Whether all values have at most the 38 digits of DMS, before and behind the point together.
    private var hasFewDigits: Bool {
        guard modifier >= 4 else { return false }
        let precision = (modifier - 4) >> 16 & 0xFFFF
        // Eleven bits with a sign: since 15 a scale may be negative, or larger than the precision.
        let scale = ((modifier - 4) & 0x7FF ^ 1024) - 1024
        return precision <= 38 && (0...38).contains(scale)
    }
}
