import LOBAdvice

/// JSON inside `<script type="application/json">`: nothing in it can end the element or start another.
enum ScriptData {
    /// The value on one line, with `<`, `>` and `&` as `\uXXXX`, as the separators U+2028 and U+2029 are
    /// anyway.
    ///
    /// The three occur only inside strings of JSON, so the value stays the same.
    static func encode(_ document: JSONDocument) -> [UInt8] {
        let bytes = document.compactBytes
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 64)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "<"): output += #"\u003c"#.utf8
            case UInt8(ascii: ">"): output += #"\u003e"#.utf8
            case UInt8(ascii: "&"): output += #"\u0026"#.utf8
            default: output.append(byte)
            }
        }
        return output
    }
}
