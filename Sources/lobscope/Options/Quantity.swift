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

    /// Bytes in a unit of sizes: units are of 1,024, as PostgreSQL's settings and DMS have them.
    private static let sizes: [(names: [String], bytes: Double)] = [
        (["B"], 1), (["kB", "KB", "KiB"], 1024), (["MB", "MiB"], 1_048_576), (["GB", "GiB"], 1_073_741_824),
        (["TB", "TiB"], 1_099_511_627_776),
    ]

    /// The units of sizes.
    static let sizeUnits = sizes.flatMap(\.names)

    /// The amount in bytes; nil for a unit that is none of sizes.
    var bytes: Double? {
        Self.sizes.first { $0.names.contains(unit) }.map { number * $0.bytes }
    }
}

/// A value that is written as a quantity: the same on the command line and in a policy file.
protocol QuantityValue {
    /// nil for a quantity with another unit or out of range.
    init?(quantity: Quantity)

    /// What is expected, for the message about anything else.
    static var expected: String { get }
    /// Forms that can be read, for the hint.
    static var forms: String { get }
    /// The units that it may have; an empty one where a number may stand alone.
    static var units: [String] { get }
    /// The numbers that it may have, to follow "must be".
    static var range: String { get }
}

extension QuantityValue {
    /// Reads a text; nil for one of another form.
    static func read(_ text: String) -> Self? {
        Quantity(text).flatMap { Self(quantity: $0) }
    }

    /// Reads a text.
    ///
    /// - Throws: `QuantityRefusal` that says what is wrong with it.
    static func reading(_ text: String) throws(QuantityRefusal) -> Self {
        guard let value = read(text) else { throw QuantityRefusal(of: text, as: Self.self) }
        return value
    }

    /// Reads the value of an option.
    ///
    /// - Throws: `ValidationError` that says what is wrong with it, with a hint.
    static func argument(_ text: String) throws -> Self {
        do throws(QuantityRefusal) {
            return try reading(text)
        } catch {
            throw ValidationError("\(error.reason)\nhint: write \(error.forms)")
        }
    }
}

/// Why a text is no value of a kind.
struct QuantityRefusal: Error {
    /// What is wrong, after the text was named.
    let reason: String
    /// Forms that can be read.
    let forms: String

    /// Looks for what is wrong with a text that cannot be read.
    init<Value: QuantityValue>(of text: String, as kind: Value.Type) {
        forms = kind.forms
        guard let quantity = Quantity(text) else {
            reason = "\(kind.expected) is expected"
            return
        }
        let isKnown = kind.units.contains { $0.utf8.elementsEqual(quantity.unit.utf8) }
        reason =
            isKnown
            ? "it must be \(kind.range)"
            : quantity.unit.isEmpty
                ? "it has no unit, and \(kind.expected) is expected"
                : "\"\(quantity.unit)\" is not a unit of it: \(kind.expected) is expected"
    }
}
