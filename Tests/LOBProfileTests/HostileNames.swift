import LOBAdvice
import TestSupport

/// Names that break careless tools: wildcards, quotes, twins that only bytes tell apart, bytes that are
/// no text.
enum HostileNames {
    private static let pieces: [[UInt8]] = [
        Array("a".utf8), Array("A".utf8), Array("b1".utf8), Array("_".utf8), Array("_".utf8), Array("%".utf8),
        Array("[".utf8), Array("]".utf8), Array("[a-d]".utf8), Array("\"".utf8), Array("'".utf8),
        Array("\\".utf8),
        Array(" ".utf8), Array(".".utf8), Array("-".utf8), Array("/".utf8), Array("\n".utf8),
        Array("\u{7F}".utf8),
        Array("\u{85}".utf8), Array("\u{e9}".utf8), Array("e\u{301}".utf8), Array("漢".utf8), Array("😀".utf8),
        Array("\u{202E}".utf8), Array("\u{200B}".utf8), Array("\u{2028}".utf8), Array("\u{FEFF}".utf8),
        Array("\"\u{301}".utf8), Array("order".utf8), [0xFF], [0xC3],
    ]

    /// A name of one to five pieces.
    static func name(using generator: inout SeededGenerator) -> Identifier {
        let count = Int.random(in: 1...5, using: &generator)
        let drawn = (0..<count).compactMap { _ in pieces.randomElement(using: &generator) }
        return Identifier(bytes: drawn.flatMap(\.self))
    }

    /// A few tables, some of which are twins of another in case, normalisation or one character.
    static func catalog(using generator: inout SeededGenerator) -> [RelationName] {
        var names: Set<RelationName> = []
        let schema = name(using: &generator)
        for _ in 0..<Int.random(in: 1...5, using: &generator) {
            let original = RelationName(
                schema: Bool.random(using: &generator) ? schema : name(using: &generator),
                name: name(using: &generator))
            names.formUnion([original] + twins(of: original))
        }
        return names.sorted()
    }

    private static func twins(of name: RelationName) -> [RelationName] {
        let other = name.name.bytes.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "X") : $0 }
        let cased = name.name.bytes.map { $0 == UInt8(ascii: "a") ? UInt8(ascii: "A") : $0 }
        var twins = [other, cased].map { RelationName(schema: name.schema, name: Identifier(bytes: $0)) }
        if name.name.text == "\u{e9}" {
            // "é" == "e\u{301}" for String: only the bytes say which of the two this is.
            twins.append(RelationName(schema: name.schema, name: Identifier(bytes: Array("e\u{301}".utf8))))
            twins.append(RelationName(schema: name.schema, name: Identifier(bytes: Array("\u{e9}".utf8))))
        }
        return twins
    }
}
