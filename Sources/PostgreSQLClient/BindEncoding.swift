/// Bound values in the binary format of the protocol, ready for `PQsendQueryParams`.
struct BindEncoding {
    /// All values, one after the other; never empty, so that its address is never NULL.
    private(set) var bytes: [UInt8] = [0]
    /// Where each value lies in `bytes`; nil is NULL.
    private(set) var ranges: [Range<Int>?] = []
    /// The OID of each value's type; 0 lets the server derive it.
    private(set) var types: [UInt32] = []

    init(_ binds: [Bind]) {
        for bind in binds { append(bind) }
    }

    private mutating func append(_ bind: Bind) {
        let start = bytes.count
        types.append(encode(bind))
        ranges.append(bind == .null ? nil : start..<bytes.count)
    }

    private mutating func encode(_ bind: Bind) -> UInt32 {
        switch bind {
        case .null: return 0
        case .bool(let value):
            bytes.append(value ? 1 : 0)
            return TypeOID.bool
        case .int8(let value):
            append(value)
            return TypeOID.int8
        case .float8(let value):
            append(value.bitPattern)
            return TypeOID.float8
        case .text(let value):
            bytes += Array(value.utf8)
            return TypeOID.text
        case .textBytes(let value):
            bytes += value
            return TypeOID.text
        case .bytes(let value):
            bytes += value
            return TypeOID.bytea
        case .oidArray(let values):
            appendArray(values.map(Self.bigEndian), of: TypeOID.oid)
            return TypeOID.oidArray
        case .int8Array(let values):
            appendArray(values.map(Self.bigEndian), of: TypeOID.int8)
            return TypeOID.int8Array
        case .textArray(let values):
            appendArray(values, of: TypeOID.text)
            return TypeOID.textArray
        }
    }

    /// `array_recv`: dimensions, a flag for NULLs, the element type, then length and lower bound of the only
    /// dimension and each element with its length; an empty array has no dimension.
    private mutating func appendArray(_ elements: [[UInt8]], of type: UInt32) {
        append(Int32(elements.isEmpty ? 0 : 1))
        append(Int32(0))
        append(type)
        guard !elements.isEmpty else { return }
        append(Int32(truncatingIfNeeded: elements.count))
        append(Int32(1))
        for element in elements {
            append(Int32(truncatingIfNeeded: element.count))
            bytes += element
        }
    }

    private mutating func append(_ value: some FixedWidthInteger) {
        bytes += Self.bigEndian(value)
    }

    private static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        stride(from: value.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}

/// OIDs of built-in types, from `pg_type.dat`; they never change.
enum TypeOID {
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let char: UInt32 = 18
    static let name: UInt32 = 19
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let oid: UInt32 = 26
    static let json: UInt32 = 114
    static let xml: UInt32 = 142
    static let nodeTree: UInt32 = 194
    static let float4: UInt32 = 700
    static let float8: UInt32 = 701
    static let unknown: UInt32 = 705
    static let textArray: UInt32 = 1009
    static let int8Array: UInt32 = 1016
    static let oidArray: UInt32 = 1028
    static let bpchar: UInt32 = 1042
    static let varchar: UInt32 = 1043
    static let numeric: UInt32 = 1700
    static let cstring: UInt32 = 2275
    static let jsonb: UInt32 = 3802
    /// The first OID of objects made after initdb; enums and domains over text of users are above it.
    static let firstNormal: UInt32 = 16384
}
