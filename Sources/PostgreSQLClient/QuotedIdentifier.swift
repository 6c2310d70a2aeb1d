/// A name of a database object, quoted for use in SQL.
///
/// Quoting works on bytes: a quotation mark followed by a combining character is one `Character` of Swift, and
/// quoting by `Character` would leave it undoubled.
public struct QuotedIdentifier: Sendable, Hashable {
    /// The name with its quotation marks.
    let quoted: [UInt8]

    /// Quotes a name given as the bytes that the server sent.
    ///
    /// - Throws: `PostgreSQLError.protocolViolation` if the name is empty or contains a NUL byte.
    public init(_ name: [UInt8]) throws(PostgreSQLError) {
        guard !name.isEmpty else { throw .protocolViolation("name of an object is empty") }
        guard !name.contains(0) else { throw .protocolViolation("name of an object contains a NUL byte") }
        var quoted: [UInt8] = [0x22]
        quoted.reserveCapacity(name.count + 2)
        for byte in name {
            if byte == 0x22 { quoted.append(0x22) }
            quoted.append(byte)
        }
        quoted.append(0x22)
        self.quoted = quoted
    }
}
