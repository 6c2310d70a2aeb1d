/// A libpq connection string of keywords and values.
struct Conninfo {
    /// The string, each value quoted by libpq's rule: `'` and `\` take a backslash.
    static func string(_ pairs: KeyValuePairs<String, String>) -> String {
        var bytes: [UInt8] = []
        for (keyword, value) in pairs {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
            bytes += Array(keyword.utf8) + Array("='".utf8)
            for byte in value.utf8 {
                if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") {
                    bytes.append(UInt8(ascii: "\\"))
                }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "'"))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
