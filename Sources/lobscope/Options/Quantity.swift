import ArgumentParser

/// A number of 0 or more with the unit behind it, such as `30s`, `25%` or `64KB`.
struct Quantity {
    let number: Double
    /// Empty where the number stands alone.
    let unit: String

    /// nil for text that does not begin with a number.
    init?(_ text: String) {
        let digits = text.utf8.prefix { (0x30...0x39).contains($0) || $0 == 0x2E }
        guard let number = Double(String(decoding: digits, as: UTF8.self)), number.isFinite else {
            return nil
        }
        self.number = number
        unit = String(decoding: text.utf8.dropFirst(digits.count), as: UTF8.self)
    }

    /// The amount in bytes; nil for a unit that is none of sizes.
    ///
    /// Units are of 1,024, as PostgreSQL's settings and DMS have them.
    var bytes: Double? {
        switch unit {
        case "B": number
        case "kB", "KB", "KiB": number * 1024
        case "MB", "MiB": number * 1_048_576
        case "GB", "GiB": number * 1_073_741_824
        case "TB", "TiB": number * 1_099_511_627_776
        default: nil
        }
    }
}

/// A value that is written as a quantity, on the command line and in a policy file.
protocol QuantityValue {
    /// nil for a quantity with another unit or out of range.
    init?(quantity: Quantity)

    /// What is expected, for the message about anything else.
    static var expected: String { get }
    /// Forms that can be read, for the hint.
    static var forms: String { get }
}

extension QuantityValue {
    /// Reads a text; nil for one of another form.
    static func read(_ text: String) -> Self? {
        Quantity(text).flatMap { Self(quantity: $0) }
    }

    /// Reads the value of an option.
    ///
    /// - Throws: `ValidationError` that says what is expected, with a hint.
    static func argument(_ text: String) throws -> Self {
        guard let value = read(text) else { throw ValidationError(expecting: expected, forms: forms) }
        return value
    }
}

extension ValidationError {
    /// Says what the value of an option must be, with forms on a line of their own.
    init(expecting expected: String, forms: String) {
        self.init("\(expected) is expected\nhint: write \(forms)")
    }
}
