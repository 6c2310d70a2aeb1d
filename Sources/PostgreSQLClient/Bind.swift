/// A value for a parameter (`$1`, `$2` …) of a statement; it is never part of the SQL text.
public enum Bind: Sendable, Equatable {
    /// NULL of a type that the server derives.
    case null
    /// A boolean.
    case bool(Bool)
    /// A bigint.
    case int8(Int64)
    /// A double precision.
    case float8(Double)
    /// A text.
    case text(String)
    /// A text given as bytes in the client encoding, such as a name from the catalog.
    case textBytes([UInt8])
    /// A bytea.
    case bytes([UInt8])
    /// An oid[].
    case oidArray([UInt32])
    /// A bigint[].
    case int8Array([Int64])
    /// A text[], each element as bytes in the client encoding.
    case textArray([[UInt8]])
}

/// One statement of a batch.
public struct Statement: Sendable {
    /// The text, with `$1`, `$2` … where values go.
    public let sql: SQL
    /// The values, in the order of their numbers.
    public let binds: [Bind]

    /// Pairs a text with its values.
    public init(_ sql: SQL, _ binds: [Bind] = []) {
        self.sql = sql
        self.binds = binds
    }
}
