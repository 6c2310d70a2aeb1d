/// Names of files that every file system, shell and archive takes.
public enum FileName {
    /// The longest portable name, in bytes.
    public static let longest = 64

    /// A name as a file name: `[A-Za-z0-9._-]` stay, every other byte becomes `_`.
    ///
    /// A leading `.` or `-` becomes `_` too, what is beyond 64 bytes is left out, and no bytes give `_`. Different
    /// names can give the same file name.
    public static func portable(_ bytes: [UInt8]) -> String {
        var kept = bytes.prefix(longest).map { isPortable($0) ? $0 : UInt8(ascii: "_") }
        if kept.first.map(isLeading) != true {
            kept = [UInt8(ascii: "_")] + kept.dropFirst()
        }
        return String(decoding: kept, as: UTF8.self)
    }

    static func isPortable(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func isLeading(_ byte: UInt8) -> Bool {
        byte != UInt8(ascii: ".") && byte != UInt8(ascii: "-")
    }

    /// Whether a name is made of portable bytes only and begins as one should; at most 255 bytes.
    static func isPortable(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= 255 else { return false }
        return isLeading(first) && name.utf8.allSatisfy(isPortable)
    }
}
