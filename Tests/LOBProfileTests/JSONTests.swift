import Foundation
import LOBAdvice
import TestSupport
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        "{}", "[]", "null", "true", "-0", "12.5e-3", "\"\"", "[1,[2,{\"a\":null}]]",
        " \n\t{\"a\" : \"\\u00e9\"}\r\n",
        "\"\\ud83d\\ude00\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\u{FEFF}{\"a\":1}",
    ])
    func validDocumentsAreReadAndWrittenAgain(_ text: String) throws {
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(try JSONValue(parsing: value.prettyBytes) == value)
        #expect(try JSONValue(parsing: value.compactBytes) == value)
    }

    @Test(arguments: [
        ("", JSONError.Reason.unexpectedEnd, 0), ("{", .unexpectedEnd, 1), ("[1,]", .trailingComma, 3),
        ("{\"a\":1,}", .trailingComma, 7), ("{\"a\":1 // note\n}", .comment, 7), ("# note\n{}", .comment, 0),
        ("01", .textAfterValue, 1), ("-", .invalidNumber, 1), ("1.", .invalidNumber, 2),
        ("1e", .invalidNumber, 2),
        ("\"\\x\"", .invalidEscape, 2), ("\"\\u+123\"", .invalidEscape, 3),
        ("\"\\ud800\"", .loneSurrogate, 7),
        ("\"\\ud800\\n\"", .loneSurrogate, 8), ("\"\\ude00\"", .loneSurrogate, 7),
        ("\"a\nb\"", .rawControlCharacter, 2),
        ("{\"a\":1,\"a\":2}", .duplicateKey(Array("a".utf8)), 7), ("{} {}", .textAfterValue, 3),
        ("{'a':1}", .unexpectedByte(0x27), 1), ("tru", .unexpectedEnd, 3),
        ("[1 2]", .unexpectedByte(0x32), 3),
    ])
    func invalidDocumentsAreRefusedWhereTheyGoWrong(_ text: String, _ reason: JSONError.Reason, _ offset: Int)
    {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    /// Pieces end between elements, and are those of the same value that is written at once.
    @Test(arguments: [0, 1, 9, 40])
    func aDocumentInPiecesIsTheSame(_ elements: Int) {
        let texts = (0..<elements).map { String(repeating: "\($0)", count: 100_000) }
        let document = JSONDocument([
            "first": .value(.null), "texts": .list(texts) { .text($0) }, "last": .value(.bool(true)),
        ])
        let value = JSONValue.members([
            "first": .null, "texts": .array(texts.map { .text($0) }), "last": .bool(true),
        ])
        var pieces: [[UInt8]] = []
        document.write { pieces.append($0) }
        #expect(pieces.flatMap { $0 } == value.prettyBytes && document.prettyBytes == value.prettyBytes)
        #expect(document.compactBytes == value.compactBytes)
        #expect(
            pieces.allSatisfy { $0.count < 2 << 20 } && pieces.count > value.prettyBytes.count / (2 << 20))
    }

    @Test func bytesThatAreNoUTF8AreRefused() {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
        #expect(error?.reason == .invalidUTF8)
    }

    @Test func nestingIsReadUpToALimitAndNeverExhaustsTheStack() throws {
        let deep = {
            Array(repeating: UInt8(ascii: "["), count: $0) + Array(repeating: UInt8(ascii: "]"), count: $0)
        }
        _ = try JSONValue(parsing: deep(128))
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: deep(100_000)) }
        #expect(error?.reason == .tooDeep)
    }

    @Test func lineNumbersCountFromOne() {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Array("{\n\n  x".utf8)) }
        #expect(error?.line == 3)
    }

    @Test func unseenCharactersAreWrittenAsEscapesAndOthersAsThemselves() throws {
        let text = "a\u{0}\u{1b}\u{7f}\u{85}\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}\u{2029}\u{e0041}/é漢😀\"\\"
        let written = String(decoding: JSONValue.text(text).compactBytes, as: UTF8.self)
        #expect(
            written == #""a\u0000\u001b\u007f\u0085\u202e\u2066\u200b\ufeff\u2028\u2029\udb40\udc41/é漢😀\"\\""#
                + "\n")
        #expect(try JSONValue(parsing: Array(written.utf8)) == .text(text))
    }

    @Test func normalisationTwinsAreDifferentStringsAndDifferentKeys() throws {
        let file = Array("{\"\u{e9}\":1,\"e\u{301}\":2}".utf8)
        let value = try JSONValue(parsing: file)
        #expect(value.objectMembers?.count == 2)
        #expect(JSONValue.text("\u{e9}") != JSONValue.text("e\u{301}"))
    }

    @Test func randomStringsSurviveTheWayThroughAnotherParser() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let name = HostileNames.name(using: &generator)
            guard let text = name.text else { continue }
            let file = JSONValue.array([.string(name.bytes)]).prettyBytes
            let other = try JSONDecoder().decode([String].self, from: Data(file))
            #expect(other.map { Array($0.utf8) } == [Array(text.utf8)])
            #expect(try JSONValue(parsing: file) == .array([.string(name.bytes)]))
        }
    }

    @Test func truncatedDocumentsNeverParse() throws {
        let file = Array(MappingDocument(tables: [table("public", "a")]).jsonBytes.dropLast())
        for length in 0..<file.count {
            #expect(throws: JSONError.self) { try JSONValue(parsing: Array(file.prefix(length))) }
        }
    }

    private func table(_ schema: String, _ name: String) -> MappingTable {
        MappingTable(
            name: RelationName(schema: Identifier(schema), name: Identifier(name)),
            lobSettings: .limited(Kibibytes(32)))
    }
}
