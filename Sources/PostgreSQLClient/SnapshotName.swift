/// The name of an exported snapshot, as `pg_export_snapshot()` returns it.
public struct SnapshotName: Sendable, Hashable {
    /// The name as a literal.
    let literal: SQL

    /// Takes the name from the server.
    ///
    /// - Throws: `PostgreSQLError.protocolViolation` for anything but hexadecimal digits and hyphens.
    public init(_ bytes: [UInt8]) throws(PostgreSQLError) {
        let isPlain = bytes.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || $0 == 0x2D
        }
        guard isPlain, (1...64).contains(bytes.count) else {
            throw .protocolViolation("a snapshot has a name of another form")
        }
        literal = SQL(quotedPlain: bytes)
    }
}

extension SQL.StringInterpolation {
    /// Adds the name of a snapshot as a literal.
    public mutating func appendInterpolation(_ name: SnapshotName) {
        appendInterpolation(name.literal)
    }
}
