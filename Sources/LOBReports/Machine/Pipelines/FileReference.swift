/// A path as a URI reference (RFC 3986).
enum FileReference {
    /// The path relative as it is, or `file:///...` where it is absolute; bytes that a URI cannot hold are
    /// written `%NN`.
    static func uri(_ path: String) -> String {
        var output = path.utf8.first == UInt8(ascii: "/") ? "file://" : ""
        for byte in path.utf8 { output += isPlain(byte) ? String(UnicodeScalar(byte)) : percent(byte) }
        return output
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "-._~/".utf8.contains(byte)
        }
    }

    private static func percent(_ byte: UInt8) -> String {
        "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
