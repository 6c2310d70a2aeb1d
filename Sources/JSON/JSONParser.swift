/// Reads JSON as RFC 8259 defines it, byte by byte; repeated keys are an error because readers
/// disagree on which of them counts.
struct JSONParser {
    /// The deepest nesting that is read: recursion must not exhaust the stack on a hostile file.
    static let deepest = 128

    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0

    /// Reads one document; a byte order mark before it is skipped.
    static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        guard String(validating: bytes, as: UTF8.self) != nil else { throw parser.error(.invalidUTF8) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.index = 3 }
        let value = try parser.value()
        parser.skipSpace()
        guard parser.index == bytes.count else { throw parser.unexpected(.textAfterValue) }
        return value
    }

    /// Reads documents that stand one behind the other, with or without space between them.
    static func parseSequence(_ bytes: [UInt8]) throws(JSONError) -> [JSONValue] {
        var parser = JSONParser(bytes: bytes)
        guard String(validating: bytes, as: UTF8.self) != nil else { throw parser.error(.invalidUTF8) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.index = 3 }
        var values: [JSONValue] = []
        repeat {
            values.append(try parser.value())
            parser.skipSpace()
        } while parser.index < bytes.count
        return values
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private func error(_ reason: JSONError.Reason) -> JSONError {
        let line = bytes.prefix(index).reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        return JSONError(offset: index, line: line, reason: reason)
    }

    private func unexpected(_ reason: JSONError.Reason? = nil) -> JSONError {
        guard let next else { return error(.unexpectedEnd) }
        let isComment = next == UInt8(ascii: "/") || next == UInt8(ascii: "#")
        return error(isComment ? .comment : reason ?? .unexpectedByte(next))
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        index += 1
        return true
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipSpace()
        guard let next else { throw unexpected() }
        switch next {
        case UInt8(ascii: "{"): return try nested { parser throws(JSONError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { parser throws(JSONError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw unexpected()
        }
    }

    private mutating func nested(
        _ read: (inout JSONParser) throws(JSONError) -> JSONValue
    ) throws(JSONError) -> JSONValue {
        guard depth < Self.deepest else { throw error(.tooDeep) }
        depth += 1
        defer { depth -= 1 }
        index += 1
        return try read(&self)
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        var members: [JSONMember] = []
        var keys: Set<[UInt8]> = []
        if take(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else {
                throw unexpected(next == UInt8(ascii: "}") ? .trailingComma : nil)
            }
            let start = index
            let key = try string()
            guard keys.insert(key).inserted else {
                index = start
                throw error(.duplicateKey(key))
            }
            guard take(UInt8(ascii: ":")) else { throw unexpected() }
            members.append(JSONMember(key: key, value: try value()))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw unexpected() }
        return .object(members)
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        var values: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array([]) }
        repeat {
            skipSpace()
            guard next != UInt8(ascii: "]") else { throw error(.trailingComma) }
            values.append(try value())
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw unexpected() }
        return .array(values)
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for byte in word.description.utf8 {
            guard next == byte else { throw unexpected() }
            index += 1
        }
        return value
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = index
        if next == UInt8(ascii: "-") { index += 1 }
        if next == UInt8(ascii: "0") { index += 1 } else { try digits() }
        if next == UInt8(ascii: ".") {
            index += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            index += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        return .number(Array(bytes[start..<index]))
    }

    private mutating func digits() throws(JSONError) {
        let start = index
        while let byte = next, 0x30...0x39 ~= byte { index += 1 }
        guard index > start else { throw error(.invalidNumber) }
    }

    private mutating func string() throws(JSONError) -> [UInt8] {
        index += 1
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return text
            case UInt8(ascii: "\\"):
                index += 1
                text += try escape()
            case 0..<0x20: throw error(.rawControlCharacter)
            default:
                text.append(byte)
                index += 1
            }
        }
        throw error(.unexpectedEnd)
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        guard let byte = next else { throw error(.unexpectedEnd) }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try scalar()
        default:
            index -= 1
            throw error(.invalidEscape)
        }
    }

    /// The UTF-8 of `XXXX` behind `\u`, with the second half of a pair where it is one.
    private mutating func scalar() throws(JSONError) -> [UInt8] {
        var units = [try codeUnit()]
        if UTF16.isLeadSurrogate(units[0]), next == UInt8(ascii: "\\") {
            index += 1
            guard next == UInt8(ascii: "u") else { throw error(.loneSurrogate) }
            index += 1
            units.append(try codeUnit())
        }
        guard let text = String(validating: units, as: UTF16.self) else { throw error(.loneSurrogate) }
        return Array(text.utf8)
    }

    private mutating func codeUnit() throws(JSONError) -> UInt16 {
        guard index + 4 <= bytes.count else { throw error(.unexpectedEnd) }
        let digits = bytes[index..<index + 4]
        // UInt16(_:radix:) alone would also take a sign.
        guard digits.allSatisfy(Self.isHexadecimal),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw error(.invalidEscape) }
        index += 4
        return unit
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        0x30...0x39 ~= byte || 0x41...0x46 ~= byte || 0x61...0x66 ~= byte
    }
}

extension JSONValue {
    /// Reads one JSON document.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        self = try JSONParser.parse(bytes)
    }

    /// Reads JSON documents that stand one behind the other.
    public static func sequence(parsing bytes: [UInt8]) throws(JSONError) -> [JSONValue] {
        try JSONParser.parseSequence(bytes)
    }
}
