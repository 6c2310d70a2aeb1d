/// A time as a log writes it, `2018-09-11T19:48:46:979532`, in 16 bytes: a log may name a million columns.
public struct LogTime: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The 14 digits from year to second.
    private let digits: UInt64
    /// The digits behind the second as a number, of which ``fractionLength`` count.
    private let fraction: UInt32
    private let fractionLength: UInt8
    private let hasSpace: Bool
    private let hasColon: Bool

    private static let shape = Array("dddd-dd-ddTdd:dd:dd".utf8)
    /// The bytes without a fraction.
    static let length = shape.count
    /// The most digits of a fraction that are kept: nanoseconds.
    private static let longestFraction = 9

    /// Reads a time with a `T` or a space, and with a fraction behind `.` or `:` where there is one; nil for other bytes.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count >= Self.length else { return nil }
        var digits: UInt64 = 0
        for (byte, wanted) in zip(bytes, Self.shape) {
            switch wanted {
            case UInt8(ascii: "d"):
                guard (0x30...0x39).contains(byte) else { return nil }
                digits = digits * 10 + UInt64(byte - 0x30)
            case UInt8(ascii: "T"): guard byte == wanted || byte == 0x20 else { return nil }
            default: guard byte == wanted else { return nil }
            }
        }
        self.digits = digits
        hasSpace = bytes[bytes.startIndex + 10] == 0x20
        let rest = bytes.dropFirst(Self.length)
        let kept = rest.dropFirst().prefix(Self.longestFraction)
        hasColon = rest.first == UInt8(ascii: ":")
        fraction = kept.reduce(0) { $0 * 10 + UInt32($1 & 0x0F) }
        fractionLength = UInt8(kept.count)
    }

    /// As the log has it.
    public var description: String {
        let text = Array(String(digits).utf8)
        let padded = Array(repeating: UInt8(ascii: "0"), count: 14 - text.count) + text
        var written: [UInt8] = []
        var next = padded.makeIterator()
        for byte in Self.shape {
            switch byte {
            case UInt8(ascii: "d"): written.append(next.next() ?? byte)
            case UInt8(ascii: "T"): written.append(hasSpace ? 0x20 : byte)
            default: written.append(byte)
            }
        }
        guard fractionLength > 0 else { return String(decoding: written, as: UTF8.self) }
        let behind = String(fraction)
        let zeros = String(repeating: "0", count: Int(fractionLength) - behind.utf8.count)
        return String(decoding: written, as: UTF8.self) + (hasColon ? ":" : ".") + zeros + behind
    }

    /// Whether it is earlier.
    public static func < (left: LogTime, right: LogTime) -> Bool {
        (left.digits, left.nanoseconds) < (right.digits, right.nanoseconds)
    }

    private var nanoseconds: UInt64 {
        (Int(fractionLength)..<Self.longestFraction).reduce(UInt64(fraction)) { value, _ in value * 10 }
    }
}
