/// The types that a Swift file declares and names, read without a compiler: comments and texts do not count, what is interpolated
/// in a text does.
struct TypeUses {
    /// Types at the top level that other files can see.
    private(set) var declared: Set<String> = []
    /// All words in code that begin with a capital letter.
    private(set) var named: Set<String> = []

    init(_ source: String) {
        let bytes = Array(source.utf8)
        var reader = CodeReader(bytes: bytes)
        named = reader.capitalWords()
        for line in source.split(separator: "\n") {
            if let name = Self.declaration(line) { declared.insert(name) }
        }
    }

    private static let modifiers: Set<Substring> = [
        "public", "package", "internal", "final", "indirect", "nonisolated", "open",
    ]
    private static let keywords: Set<Substring> = [
        "struct", "enum", "class", "actor", "protocol", "typealias",
    ]

    private static func declaration(_ line: Substring) -> String? {
        guard let first = line.utf8.first, first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z") else {
            return nil
        }
        let words = line.split(separator: " ").drop { modifiers.contains($0) }
        guard let keyword = words.first, keywords.contains(keyword), let name = words.dropFirst().first else {
            return nil
        }
        return String(name.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }
}

/// Goes through Swift source and leaves out comments and the fixed parts of texts.
private struct CodeReader {
    /// Where it is: in code, with the open parentheses of an interpolation, or in a text.
    private enum Place {
        case code(parentheses: Int)
        case text(quotes: Int)
    }

    let bytes: [UInt8]
    private var index = 0
    private var places: [Place] = [.code(parentheses: 0)]

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func capitalWords() -> Set<String> {
        var words: Set<String> = []
        while index < bytes.count {
            switch places[places.count - 1] {
            case .text(let quotes): skipText(quotes)
            case .code(let parentheses):
                if let word = readCode(parentheses) { words.insert(word) }
            }
        }
        return words
    }

    private func sees(_ text: StaticString) -> Bool { bytes[index...].starts(with: text.description.utf8) }

    private mutating func skip(past end: StaticString) {
        let first = end.description.utf8.first
        while index < bytes.count, bytes[index] != first || !sees(end) { index += 1 }
        index += end.utf8CodeUnitCount
    }

    private mutating func readCode(_ parentheses: Int) -> String? {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "/"): skipComment()
        case UInt8(ascii: "#"): skipRaw()
        case UInt8(ascii: "\""): openText()
        case UInt8(ascii: "("), UInt8(ascii: ")"): count(byte, parentheses)
        case _ where Self.isWord(byte): return readWord()
        default: index += 1
        }
        return nil
    }

    private mutating func skipComment() {
        if sees("//") { return skip(past: "\n") }
        if sees("/*") { return skip(past: "*/") }
        index += 1
    }

    /// A regular expression or a raw text; none of ours interpolates.
    private mutating func skipRaw() {
        let marks: [(StaticString, StaticString)] = [("#/", "/#"), ("#\"\"\"", "\"\"\"#"), ("#\"", "\"#")]
        guard let (begin, end) = marks.first(where: { sees($0.0) }) else { return index += 1 }
        index += begin.utf8CodeUnitCount
        skip(past: end)
    }

    private mutating func openText() {
        let quotes = sees("\"\"\"") ? 3 : 1
        places.append(.text(quotes: quotes))
        index += quotes
    }

    private mutating func count(_ byte: UInt8, _ parentheses: Int) {
        index += 1
        if byte == UInt8(ascii: "(") {
            places[places.count - 1] = .code(parentheses: parentheses + 1)
        } else if parentheses == 1, places.count > 1 {
            // The end of an interpolation.
            places.removeLast()
        } else {
            places[places.count - 1] = .code(parentheses: max(0, parentheses - 1))
        }
    }

    private mutating func skipText(_ quotes: Int) {
        if bytes[index] == UInt8(ascii: "\\") {
            if sees("\\(") { places.append(.code(parentheses: 1)) }
            index += 2
        } else if quotes == 3 ? sees("\"\"\"") : bytes[index] == UInt8(ascii: "\"") {
            index += quotes
            places.removeLast()
        } else {
            index += 1
        }
    }

    private mutating func readWord() -> String? {
        let start = index
        while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
        guard UInt8(ascii: "A")...UInt8(ascii: "Z") ~= bytes[start] else { return nil }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
