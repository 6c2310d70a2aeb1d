/// Why bytes are no JSON, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The offset of the offending byte, counted from 0.
    public let offset: Int
    /// Its line, counted from 1.
    public let line: Int
    public let reason: Reason

    /// What is wrong at the offset.
    public enum Reason: Hashable, Sendable {
        case invalidUTF8, unexpectedEnd, unexpectedByte(UInt8), comment, trailingComma, invalidNumber
        case invalidEscape, loneSurrogate, rawControlCharacter, duplicateKey([UInt8]), tooDeep, textAfterValue
    }

    /// The same error where what was read stands behind other bytes and lines.
    public func shifted(bytes: Int, lines: Int) -> JSONError {
        JSONError(offset: offset + bytes, line: line + lines, reason: reason)
    }

    /// The reason and the place.
    public var description: String { "\(reasonText) at byte \(offset), line \(line)" }

    private var reasonText: String {
        switch reason {
        case .invalidUTF8: "bytes that are not UTF-8"
        case .unexpectedEnd: "unexpected end"
        case .unexpectedByte(let byte): "unexpected byte 0x\(String(byte, radix: 16))"
        case .comment: "comment (JSON has none)"
        case .trailingComma: "comma with nothing behind it"
        case .invalidNumber: "invalid number"
        case .invalidEscape: "invalid escape in a string"
        case .loneSurrogate: "half of a surrogate pair in a string"
        case .rawControlCharacter: "control character in a string"
        case .duplicateKey(let key):
            "repeated key \"\(String(decoding: JSONWriter.escaped(key), as: UTF8.self))\""
        case .tooDeep: "nesting deeper than \(JSONParser.deepest) levels"
        case .textAfterValue: "text after the end of the document"
        }
    }
}
