/// A name as the catalog stores it: bytes in the client encoding, never normalised.
///
/// Two names are equal only when their bytes are: `String` equality would merge the NFC and NFD
/// spellings of a name, which are different objects to PostgreSQL.
public struct Identifier: Hashable, Sendable {
    /// The exact bytes.
    ///
    /// UTF-8 unless the database is SQL_ASCII.
    public let bytes: [UInt8]

    /// Creates a name from its exact bytes.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Creates a name from text, for names that a person typed.
    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The name as text, or nil when its bytes are no valid UTF-8.
    public var text: String? {
        String(validating: bytes, as: UTF8.self)
    }

    /// The name as text that can always be written; bytes that are not UTF-8 appear as `\xNN`.
    ///
    /// Control and bidirectional characters are kept: an output escapes them in its own way.
    public var losslessText: String {
        text ?? bytes.map { $0 < 0x80 ? String(UnicodeScalar($0)) : Self.hexEscape($0) }.joined()
    }

    private static func hexEscape(_ byte: UInt8) -> String {
        "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}

extension Identifier: Comparable {
    /// Orders by bytes, as `COLLATE "C"` does.
    public static func < (left: Identifier, right: Identifier) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension Identifier: Codable {
    private enum Key: String, CodingKey {
        case hex
    }

    /// Reads a string, or `{"hex": "..."}` for bytes that are not UTF-8.
    public init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            self.init(text)
            return
        }
        let container = try decoder.container(keyedBy: Key.self)
        let digits = Array(try container.decode(String.self, forKey: .hex).utf8)
        guard digits.count.isMultiple(of: 2) else { throw Self.badHex(container) }
        let pairs = stride(from: 0, to: digits.count, by: 2)
        let decoded = pairs.compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
        guard decoded.count == digits.count / 2 else { throw Self.badHex(container) }
        self.init(bytes: decoded)
    }

    /// Writes a string, or `{"hex": "..."}` for bytes that are not UTF-8.
    public func encode(to encoder: any Encoder) throws {
        if let text {
            var container = encoder.singleValueContainer()
            try container.encode(text)
            return
        }
        var container = encoder.container(keyedBy: Key.self)
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        try container.encode(digits.joined(), forKey: .hex)
    }

    private static func badHex(_ container: KeyedDecodingContainer<Key>) -> DecodingError {
        .dataCorruptedError(forKey: .hex, in: container, debugDescription: "not pairs of hexadecimal digits")
    }
}

extension Identifier {
    /// Whether PostgreSQL takes it as the name of a replication slot: 1 to 63 small letters, digits and underscores.
    public var isSlotName: Bool {
        (1...63).contains(bytes.count)
            && bytes.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == UInt8(ascii: "_") }
    }
}
