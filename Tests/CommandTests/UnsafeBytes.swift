/// Finds what could drive a terminal, or show a name other than it is.
enum UnsafeBytes {
    /// C0 controls but the line feed, DEL, C1 controls and bidirectional controls, each as `U+XXXX`.
    static func found(in bytes: [UInt8]) -> Set<String> {
        var found: Set<String> = []
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars where isUnsafe(scalar.value) {
            found.insert("U+" + String(scalar.value, radix: 16, uppercase: true))
        }
        return found
    }

    private static func isUnsafe(_ value: UInt32) -> Bool {
        switch value {
        case 0x0A: false
        case 0...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
