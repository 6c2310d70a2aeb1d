import LOBAdvice

/// Values of report.json; unseen characters are escaped where the value is written.
enum JSONText {
    /// A name as text; see ``hex(_:)`` for one that is no UTF-8.
    static func name(_ name: Identifier) -> JSONValue {
        .text(name.losslessText)
    }

    /// `schema.table`.
    static func name(_ name: RelationName) -> JSONValue {
        .text(name.losslessText)
    }

    /// The exact bytes of a name that is no UTF-8, in hexadecimal; null for all others.
    static func hex(_ name: Identifier) -> JSONValue {
        guard name.text == nil else { return .null }
        return .text(name.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    }

    /// A whole number, or null where it is not known.
    static func integer(_ number: Int?) -> JSONValue {
        number.map { .integer($0) } ?? .null
    }

    /// A whole number, or null where it is not known.
    static func integer(_ number: Int64?) -> JSONValue {
        integer(number.map { Int($0) })
    }

    /// A number, or null where it is not known or not finite.
    ///
    /// Swift writes the shortest digits that read back as the same number.
    static func real(_ number: Double?) -> JSONValue {
        guard let number, number.isFinite else { return .null }
        // Minus zero is zero to a reader, and must not look like something else.
        return .number(Array(String(number == 0 ? 0 : number).utf8))
    }

    /// A text, or null.
    static func text(_ text: String?) -> JSONValue {
        text.map { .text($0) } ?? .null
    }
}
