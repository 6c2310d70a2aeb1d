/// How deeply JSON nests, found without recursion and before a decoder that recurses sees it.
public enum JSONDepth {
    /// Why JSON is not given to a decoder.
    public enum Problem: Error, Hashable, Sendable {
        /// It begins with no `{`: whatever it is, it is no document of ours.
        case notAnObject
        /// It has a NUL byte, so it is no JSON in UTF-8.
        case notUTF8
        /// It nests deeper than allowed.
        case tooDeep(limit: Int)
    }

    /// Checks that bytes begin as a JSON object and nest no deeper than a limit.
    ///
    /// The check is no parser: what passes can still be malformed. Bytes are JSON in UTF-8 here; a NUL byte is
    /// refused because a decoder takes it for UTF-16 or UTF-32, where quotes and brackets read differently.
    public static func check(_ bytes: [UInt8], max limit: Int = 32) throws(Problem) {
        guard bytes.first(where: { !isBlank($0) }) == UInt8(ascii: "{") else { throw .notAnObject }
        var depth = 0
        var isInString = false
        var isEscaped = false
        for byte in bytes {
            if byte == 0 { throw .notUTF8 }
            if isInString {
                (isInString, isEscaped) = afterStringByte(byte, isEscaped: isEscaped)
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            // Closing more than was opened does not earn depth for later.
            depth = Swift.max(depth, 0)
            if depth > limit { throw .tooDeep(limit: limit) }
        }
    }

    private static func afterStringByte(_ byte: UInt8, isEscaped: Bool) -> (isInString: Bool, isEscaped: Bool)
    {
        if isEscaped { return (true, false) }
        return (byte != UInt8(ascii: "\""), byte == UInt8(ascii: "\\"))
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
