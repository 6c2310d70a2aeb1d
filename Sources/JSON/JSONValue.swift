/// A JSON value that keeps everything a foreign file says: unknown keys, their order, numbers as they
/// are written, strings as bytes.
///
/// Strings are bytes because two names that differ only in their Unicode normalisation are different
/// tables, and `String` would call them equal.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The digits as they are written; ``integer(_:)`` makes one.
    case number([UInt8])
    /// The text as UTF-8.
    case string([UInt8])
    case array([JSONValue])
    /// The members in the order of the file; a key occurs once.
    case object([JSONMember])

    /// Whether it is neither an array nor an object, or one without anything in it.
    var isPlain: Bool {
        switch self {
        case .array(let values): values.isEmpty
        case .object(let members): members.isEmpty
        case .null, .bool, .number, .string: true
        }
    }

    /// A string value.
    public static func text(_ text: String) -> JSONValue {
        .string(Array(text.utf8))
    }

    /// A whole number.
    public static func integer(_ number: Int) -> JSONValue {
        .number(Array(String(number).utf8))
    }

    /// An object with its members in the given order.
    public static func members(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(members.map { JSONMember(key: Array($0.key.utf8), value: $0.value) })
    }

    /// The value of a key; nil where this is no object or has no such key.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        let bytes = key.utf8
        return members.first { $0.key.count == bytes.count && $0.key.elementsEqual(bytes) }?.value
    }

    /// The value of a key, where `null` counts as absent: AWS adds such keys to what it was given.
    public func present(_ key: String) -> JSONValue? {
        self[key] == .null ? nil : self[key]
    }

    /// The bytes of a string.
    public var stringBytes: [UInt8]? {
        guard case .string(let bytes) = self else { return nil }
        return bytes
    }

    /// The text of a string, for comparing with fixed words only.
    public var word: String? {
        stringBytes.map { String(decoding: $0, as: UTF8.self) }
    }

    /// A truth value.
    public var boolValue: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// A whole number that fits an `Int`.
    public var intValue: Int? {
        guard case .number(let digits) = self else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    /// A whole number, or a string of nothing but its digits: DMS takes both.
    public var integerOrDigits: Int? {
        switch self {
        case .number: intValue
        case .string(let bytes) where !bytes.isEmpty && bytes.allSatisfy { 0x30...0x39 ~= $0 }:
            Int(String(decoding: bytes, as: UTF8.self))
        default: nil
        }
    }

    /// The members of an object.
    public var objectMembers: [JSONMember]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// The elements of an array.
    public var elements: [JSONValue]? {
        guard case .array(let values) = self else { return nil }
        return values
    }
}

/// A key of a JSON object with its value.
public struct JSONMember: Hashable, Sendable {
    /// The key as UTF-8.
    public let key: [UInt8]
    public let value: JSONValue

    /// Creates a member.
    public init(key: [UInt8], value: JSONValue) {
        self.key = key
        self.value = value
    }
}
