extension Row {
    /// An integer of any width, or an OID, that fits 16 bits.
    public func int16(_ column: Int) throws(PostgreSQLError) -> Int16 {
        try required(try optionalInt16(column), column, "a smallint")
    }

    /// An integer of any width, or an OID, that fits 32 bits.
    public func int32(_ column: Int) throws(PostgreSQLError) -> Int32 {
        try required(try optionalInt32(column), column, "an integer")
    }

    /// A smallint, an integer, a bigint or an OID.
    public func int64(_ column: Int) throws(PostgreSQLError) -> Int64 {
        try required(try optionalInt64(column), column, "a bigint")
    }

    /// An integer of any width, from 0.
    public func count(_ column: Int) throws(PostgreSQLError) -> Int {
        let value = try optionalInt64(column)
        return try required(value.flatMap { $0 < 0 ? nil : Int($0) }, column, "a count")
    }

    /// An OID, or an integer from 0 to 2^32 - 1.
    public func uint32(_ column: Int) throws(PostgreSQLError) -> UInt32 {
        try required(try optionalUInt32(column), column, "an oid")
    }

    /// A boolean.
    public func bool(_ column: Int) throws(PostgreSQLError) -> Bool {
        try required(try optionalBool(column), column, "a boolean")
    }

    /// A real.
    public func float4(_ column: Int) throws(PostgreSQLError) -> Float {
        try required(try optionalFloat4(column), column, "a real")
    }

    /// A double precision or a real.
    public func float8(_ column: Int) throws(PostgreSQLError) -> Double {
        try required(try optionalFloat8(column), column, "a double precision")
    }

    /// The bytes of any value in its binary format, copied; for text, name and bytea these are the value.
    public func bytes(_ column: Int) throws(PostgreSQLError) -> [UInt8] {
        try required(try optionalBytes(column), column, "a value that is not NULL")
    }

    /// A text, varchar, name, json or xml that is valid UTF-8.
    public func text(_ column: Int) throws(PostgreSQLError) -> String {
        try required(try optionalText(column), column, "a text")
    }

    /// The number of bytes of any value in its binary format.
    public func byteCount(_ column: Int) throws(PostgreSQLError) -> Int {
        try required(unsafe field(column)?.count, column, "a value that is not NULL")
    }

    private func required<Value>(
        _ value: Value?, _ column: Int, _ expected: String
    ) throws(PostgreSQLError) -> Value {
        guard let value else { throw .decoding(column: column, expected: expected) }
        return value
    }
}

/// The same values, with nil for NULL.
extension Row {
    /// An integer that fits 16 bits; nil is NULL.
    public func optionalInt16(_ column: Int) throws(PostgreSQLError) -> Int16? {
        try integer(column, "a smallint")
    }

    /// An integer that fits 32 bits; nil is NULL.
    public func optionalInt32(_ column: Int) throws(PostgreSQLError) -> Int32? {
        try integer(column, "an integer")
    }

    /// An integer; nil is NULL.
    public func optionalInt64(_ column: Int) throws(PostgreSQLError) -> Int64? {
        try integer(column, "a bigint")
    }

    /// An OID; nil is NULL.
    public func optionalUInt32(_ column: Int) throws(PostgreSQLError) -> UInt32? {
        if recorded(column) != nil { return try integer(column, "an oid") }
        if type(column) == nil, let field = unsafe try present(column, "an oid"), field.count == 4 {
            // A stream does not tell an oid from an integer: the caller does.
            return UInt32(truncatingIfNeeded: unsafe BigEndian.unsigned(field))
        }
        return try integer(column, "an oid")
    }

    /// A boolean; nil is NULL.
    public func optionalBool(_ column: Int) throws(PostgreSQLError) -> Bool? {
        if let value = recorded(column) { return try present(value, value.truth, column, "a boolean") }
        guard let field = unsafe try present(column, "a boolean") else { return nil }
        let isBoolean = type(column).map { $0 == TypeOID.bool } ?? true
        guard isBoolean, field.count == 1 else { throw .decoding(column: column, expected: "a boolean") }
        return unsafe field[0] != 0
    }

    /// A real; nil is NULL.
    public func optionalFloat4(_ column: Int) throws(PostgreSQLError) -> Float? {
        if let value = recorded(column) {
            return try present(value, value.real(Float.self), column, "a real")
        }
        guard let field = unsafe try present(column, "a real") else { return nil }
        let isReal = type(column).map { $0 == TypeOID.float4 } ?? true
        guard isReal, field.count == 4 else { throw .decoding(column: column, expected: "a real") }
        return Float(bitPattern: UInt32(truncatingIfNeeded: unsafe BigEndian.unsigned(field)))
    }

    /// A double precision or a real; nil is NULL.
    public func optionalFloat8(_ column: Int) throws(PostgreSQLError) -> Double? {
        if let value = recorded(column) {
            return try present(value, value.real(Double.self), column, "a double precision")
        }
        guard let field = unsafe try present(column, "a double precision") else { return nil }
        if field.count == 4 { return try optionalFloat4(column).map(Double.init) }
        let isDouble = type(column).map { $0 == TypeOID.float8 } ?? true
        guard isDouble, field.count == 8 else {
            throw .decoding(column: column, expected: "a double precision")
        }
        return Double(bitPattern: unsafe BigEndian.unsigned(field))
    }

    /// The bytes of any value in its binary format; nil is NULL.
    public func optionalBytes(_ column: Int) throws(PostgreSQLError) -> [UInt8]? {
        if let value = recorded(column) { return try present(value, value.bytes, column, "a text") }
        guard let field = unsafe try present(column, "there") else { return nil }
        return unsafe Array(field)
    }

    /// A text that is valid UTF-8; nil is NULL.
    public func optionalText(_ column: Int) throws(PostgreSQLError) -> String? {
        if let value = recorded(column) { return try present(value, value.string, column, "a text in UTF-8") }
        guard let field = unsafe try present(column, "a text") else { return nil }
        let isText = type(column).map(Self.isText) ?? true
        guard isText, let text = unsafe String(validating: field, as: UTF8.self) else {
            throw .decoding(column: column, expected: "a text in UTF-8")
        }
        return text
    }
}

extension Row {
    private func present(_ column: Int, _ expected: String) throws(PostgreSQLError) -> UnsafeRawBufferPointer?
    {
        guard (0..<count).contains(column) else { throw .decoding(column: column, expected: expected) }
        return unsafe field(column)
    }

    /// What a recorded value is; nil is NULL.
    private func present<Value>(
        _ recorded: RecordedValue, _ value: Value?, _ column: Int, _ expected: String
    ) throws(PostgreSQLError) -> Value? {
        guard recorded != .null else { return nil }
        guard let value else { throw .decoding(column: column, expected: expected) }
        return value
    }

    private func integer<Value: FixedWidthInteger>(
        _ column: Int, _ expected: String
    ) throws(PostgreSQLError) -> Value? {
        if let value = recorded(column) {
            return try present(value, value.integer.flatMap { Value(exactly: $0) }, column, expected)
        }
        guard let field = unsafe try present(column, expected) else { return nil }
        let type = type(column)
        guard type.map(Self.mayBeInteger) ?? true, [2, 4, 8].contains(field.count) else {
            throw .decoding(column: column, expected: expected)
        }
        let unsigned = unsafe BigEndian.unsigned(field)
        let unused = 64 - 8 * field.count
        let isOID = field.count == 4 && type != nil && type != TypeOID.int4
        let number = isOID ? Int64(unsigned) : Int64(bitPattern: unsigned << unused) >> unused
        guard let value = Value(exactly: number) else { throw .decoding(column: column, expected: expected) }
        return value
    }

    /// Types whose values can be as long as an integer without being one.
    private static func mayBeInteger(_ type: UInt32) -> Bool {
        !isText(type)
            && ![TypeOID.bytea, TypeOID.float4, TypeOID.float8, TypeOID.numeric, TypeOID.jsonb].contains(type)
    }

    /// Types whose binary format is their text, and types that users made.
    private static func isText(_ type: UInt32) -> Bool {
        type >= TypeOID.firstNormal || texts.contains(type)
    }

    private static let texts: Set<UInt32> = [
        TypeOID.char, TypeOID.name, TypeOID.text, TypeOID.json, TypeOID.xml, TypeOID.nodeTree,
        TypeOID.unknown,
        TypeOID.bpchar, TypeOID.varchar, TypeOID.cstring,
    ]
}
