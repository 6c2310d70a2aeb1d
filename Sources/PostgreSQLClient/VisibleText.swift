/// Text that was not written by us, made safe to show: every control, bidirectional and invisible character
/// and every invalid byte becomes a visible escape, and the length is bounded.
enum VisibleText {
    /// The most bytes that a text shown to a person takes from a server.
    static let maximumBytes = 8192

    /// Escapes `bytes`; what is over `maximumBytes` is cut and marked with an ellipsis.
    static func escaping(_ bytes: [UInt8], maximumBytes: Int = maximumBytes) -> String {
        var text = ""
        var offset = 0
        var source = bytes.makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        while offset < maximumBytes {
            switch parser.parseScalar(from: &source) {
            case .valid(let encoded):
                append(Unicode.UTF8.decode(encoded), to: &text)
                offset += encoded.count
            case .error(let length):
                for byte in bytes[offset..<min(offset + length, bytes.count)] {
                    text += "\\x" + hexadecimal(byte)
                }
                offset += length
            case .emptyInput:
                return text
            }
        }
        return offset < bytes.count ? text + "…" : text
    }

    private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar.value {
        case 0x0A: text += "\\n"
        case 0x09: text += "\\t"
        case 0x0D: text += "\\r"
        case 0x00..<0x20, 0x7F: text += "\\x" + hexadecimal(UInt8(scalar.value))
        case let value where isHidden(value): text += "\\u{" + String(value, radix: 16) + "}"
        default: text.unicodeScalars.append(scalar)
        }
    }

    private static func isHidden(_ value: UInt32) -> Bool {
        switch value {
        case 0x80...0x9F, 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default:
            false
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return byte < 16 ? "0" + digits : digits
    }
}
