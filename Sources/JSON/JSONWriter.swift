/// Writes JSON that is the same for the same value, and that nobody can be misled by: characters that
/// are not seen, or that reorder what is seen, appear as `\uXXXX`.
package enum JSONWriter {
    /// The document with two spaces for each level and a line feed at the end.
    static func pretty(_ value: JSONValue) -> [UInt8] {
        var output: [UInt8] = []
        write(value, to: &output, indentation: 0)
        output.append(UInt8(ascii: "\n"))
        return output
    }

    /// The document without spaces, with a line feed at the end.
    static func compact(_ value: JSONValue) -> [UInt8] {
        var output: [UInt8] = []
        write(value, to: &output, indentation: nil)
        output.append(UInt8(ascii: "\n"))
        return output
    }

    /// The same as of an object with these members; nil is without spaces.
    static func bytes(
        of members: KeyValuePairs<String, JSONDocument.Part>, indentation: Int?
    ) -> [UInt8] {
        var all: [UInt8] = []
        write(members, indentation: indentation) { all += $0 }
        return all
    }

    /// Hands over the same bytes in pieces.
    static func write<Failure>(
        _ members: KeyValuePairs<String, JSONDocument.Part>, indentation: Int?,
        to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var output: [UInt8] = []
        try writeList(members, between: ("{", "}"), to: &output, indentation: indentation) {
            (member, output: inout [UInt8], inner) throws(Failure) in
            writeString(Array(member.key.utf8), to: &output)
            output += (inner == nil ? ":" : ": ").utf8
            switch member.value {
            case .value(let value): write(value, to: &output, indentation: inner)
            case .elements(let elements):
                try writeList(elements, between: ("[", "]"), to: &output, indentation: inner) {
                    (element, output: inout [UInt8], inner) throws(Failure) in
                    write(element(), to: &output, indentation: inner)
                    guard output.count >= piece else { return }
                    try sink(output)
                    output.removeAll(keepingCapacity: true)
                }
            }
        }
        output.append(UInt8(ascii: "\n"))
        try sink(output)
    }

    /// Bytes after which a piece is handed over.
    private static let piece = 1 << 20

    private static func write(_ value: JSONValue, to output: inout [UInt8], indentation: Int?) {
        switch value {
        case .null: output += "null".utf8
        case .bool(let isTrue): output += (isTrue ? "true" : "false").utf8
        case .number(let digits): output += digits
        case .string(let bytes): writeString(bytes, to: &output)
        case .array(let values):
            writeList(values, between: ("[", "]"), to: &output, indentation: indentation) {
                value, output, inner in
                write(value, to: &output, indentation: inner)
            }
        case .object(let members) where indentation ?? 0 >= deep && members.allSatisfy(\.value.isPlain):
            write(leaf: members, to: &output)
        case .object(let members):
            writeList(members, between: ("{", "}"), to: &output, indentation: indentation) {
                member, output, inner in
                writeString(member.key, to: &output)
                output += (inner == nil ? ":" : ": ").utf8
                write(member.value, to: &output, indentation: inner)
            }
        }
    }

    /// Levels from which on objects of plain values are on one line: large documents are read by programs, and most of their bytes
    /// would be spaces.
    private static let deep = 5

    private static func write(leaf members: [JSONMember], to output: inout [UInt8]) {
        output.append(UInt8(ascii: "{"))
        for (position, member) in members.enumerated() {
            if position > 0 { output += ", ".utf8 }
            writeString(member.key, to: &output)
            output += ": ".utf8
            write(member.value, to: &output, indentation: nil)
        }
        output.append(UInt8(ascii: "}"))
    }

    private static func writeList<Element, Failure>(
        _ elements: some Collection<Element>, between brackets: (String, String), to output: inout [UInt8],
        indentation: Int?,
        write: (Element, inout [UInt8], Int?) throws(Failure) -> Void
    ) throws(Failure) {
        let inner = indentation.map { $0 + 1 }
        output += brackets.0.utf8
        for (position, element) in elements.enumerated() {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            breakLine(&output, indentation: inner)
            try write(element, &output, inner)
        }
        if !elements.isEmpty { breakLine(&output, indentation: indentation) }
        output += brackets.1.utf8
    }

    private static func breakLine(_ output: inout [UInt8], indentation: Int?) {
        guard let indentation else { return }
        output.append(UInt8(ascii: "\n"))
        output += repeatElement(UInt8(ascii: " "), count: 2 * indentation)
    }

    private static func writeString(_ bytes: [UInt8], to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        output += escaped(bytes)
        output.append(UInt8(ascii: "\""))
    }

    /// The inside of a string literal for UTF-8 text.
    package static func escaped(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(where: { $0 < 0x20 || $0 > 0x7E || $0 == 0x22 || $0 == 0x5C }) else {
            return bytes
        }
        var output: [UInt8] = []
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\"": output += #"\""#.utf8
            case "\\": output += #"\\"#.utf8
            case _ where isUnseen(scalar):
                for unit in UTF16.encode(scalar) ?? .init() { output += unicodeEscape(unit) }
            default: output += String(scalar).utf8
            }
        }
        return output
    }

    static func unicodeEscape(_ unit: UInt16) -> [UInt8] {
        let digits = Array(String(unit, radix: 16).utf8)
        return Array(#"\u"#.utf8) + repeatElement(UInt8(ascii: "0"), count: 4 - digits.count) + digits
    }

    /// Control, C1, bidirectional, zero-width, invisible and separator characters.
    ///
    /// Ranges are written out, not asked of the Unicode tables of the runtime: the same snapshot must give
    /// the same bytes with every version of Swift.
    static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        unseen.contains { $0.contains(scalar.value) }
    }

    private static let unseen: [ClosedRange<UInt32>] = [
        0x00...0x1F, 0x7F...0x9F, 0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160, 0x17B4...0x17B5,
        0x180B...0x180F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164...0x3164, 0xFE00...0xFE0F,
        0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A,
        0xE0000...0xE0FFF,
    ]
}

extension JSONValue {
    /// The document, indented by two spaces, with a line feed at the end.
    public var prettyBytes: [UInt8] { JSONWriter.pretty(self) }

    /// The document without spaces, with a line feed at the end.
    public var compactBytes: [UInt8] { JSONWriter.compact(self) }
}
