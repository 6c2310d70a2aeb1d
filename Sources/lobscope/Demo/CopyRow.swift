/// One row in the text format of COPY.
struct CopyRow {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    /// Adds a text value, escaped as COPY asks.
    mutating func text(_ value: some Sequence<UInt8>) {
        separate()
        for byte in value {
            switch byte {
            case UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
            case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            default: bytes.append(byte)
            }
        }
    }

    /// Adds a text value.
    mutating func text(_ value: String) {
        text(value.utf8)
    }

    /// Adds a number.
    mutating func number(_ value: Int) {
        text(String(value))
    }

    /// Adds a bytea value in hexadecimal form.
    mutating func bytea(_ value: [UInt8]) {
        separate()
        let digits = Self.digits
        bytes.reserveCapacity(bytes.count + 2 * value.count + 4)
        bytes += [UInt8(ascii: "\\"), UInt8(ascii: "\\"), UInt8(ascii: "x")]
        for byte in value {
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
    }

    /// Adds NULL.
    mutating func null() {
        separate()
        bytes += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
    }

    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: "\t")) }
        isFirst = false
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
