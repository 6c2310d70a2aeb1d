import LOBAdvice
import Testing

@testable import LOBReports

/// JSON in a script element: the same value, with nothing in it that HTML reads.
@Suite struct ScriptDataTests {
    @Test(arguments: HostileNames.all)
    func aHostileNameStaysInTheScriptElement(_ name: Identifier) throws {
        let value = JSONValue.members(["name": JSONText.name(name)])
        let bytes = ScriptData.encode(JSONDocument(["name": .value(JSONText.name(name))]))
        #expect(!bytes.contains { "<>&".utf8.contains($0) })
        #expect(bytes.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
        #expect(try JSONValue(parsing: bytes) == value)
    }

    @Test(arguments: HostileNames.all)
    func aHostileNameInHTMLHasNoMarkup(_ name: Identifier) {
        let html = HTMLText.escape(name.losslessText)
        #expect(!html.utf8.contains { "<>\"'`".utf8.contains($0) })
        #expect(
            html.utf8.count { $0 == UInt8(ascii: "&") } == html.utf8.count { $0 == UInt8(ascii: ";") }
                - semicolons(name))
    }

    private func semicolons(_ name: Identifier) -> Int {
        name.bytes.count { $0 == UInt8(ascii: ";") }
    }
}
