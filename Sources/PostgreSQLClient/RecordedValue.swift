/// A value of a row that was written to a file, in the form that JSON has for it.
public enum RecordedValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The digits of a number as they were written.
    case number([UInt8])
    /// A text as UTF-8; also the digits of an OID, which JSON has no number for.
    case text([UInt8])
}

extension RecordedValue {
    /// A whole number, or the digits of one; nil where it is neither.
    var integer: Int64? {
        switch self {
        case .number(let digits), .text(let digits): Int64(String(decoding: digits, as: UTF8.self))
        case .null, .bool: nil
        }
    }

    /// A number; nil where it is none.
    func real<Value: LosslessStringConvertible>(_: Value.Type) -> Value? {
        switch self {
        case .number(let digits), .text(let digits): Value(String(decoding: digits, as: UTF8.self))
        case .null, .bool: nil
        }
    }

    /// A truth value; nil where it is none.
    var truth: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The bytes of a text; nil where it is none.
    var bytes: [UInt8]? {
        guard case .text(let bytes) = self else { return nil }
        return bytes
    }

    /// The text; nil where it is none.
    var string: String? {
        bytes.flatMap { String(validating: $0, as: UTF8.self) }
    }
}
