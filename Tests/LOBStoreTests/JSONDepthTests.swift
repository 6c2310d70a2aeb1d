import LOBStore
import Testing

struct JSONDepthTests {
    private func nested(_ depth: Int) -> [UInt8] {
        Array(#"{"a":"#.utf8) + [UInt8](repeating: UInt8(ascii: "["), count: depth - 1)
            + [UInt8](repeating: UInt8(ascii: "]"), count: depth - 1) + Array("}".utf8)
    }

    @Test func thirtyTwoLevelsPassAnd33DoNot() throws {
        try JSONDepth.check(nested(32))
        #expect(throws: JSONDepth.Problem.tooDeep(limit: 32)) { try JSONDepth.check(nested(33)) }
    }

    @Test func aMillionLevelsAreRefusedWithoutRecursion() {
        #expect(throws: JSONDepth.Problem.tooDeep(limit: 32)) { try JSONDepth.check(nested(1_000_000)) }
    }

    @Test(arguments: [#"{"a":"[[[["}"#, #"{"a\"[":"[[\\"}"#, #"{"\\":[],"b":["\\\"[[["]}"#])
    func bracketsInStringsDoNotCount(_ json: String) throws {
        try JSONDepth.check(Array(json.utf8), max: 2)
    }

    @Test func bracketsAfterAStringCount() {
        #expect(throws: JSONDepth.Problem.tooDeep(limit: 3)) {
            try JSONDepth.check(Array(#"{"a\\":[{"b":["#.utf8), max: 3)
        }
    }

    @Test func closingEarlyEarnsNoDepth() {
        let json = Array("{}".utf8) + Array("]]]]".utf8) + Array("[[[".utf8)
        #expect(throws: JSONDepth.Problem.tooDeep(limit: 2)) { try JSONDepth.check(json, max: 2) }
    }

    @Test(arguments: ["", "[]", "\"{\"", "null", "\u{FEFF}{}"]) func otherThingsAreNoObject(_ json: String) {
        #expect(throws: JSONDepth.Problem.notAnObject) { try JSONDepth.check(Array(json.utf8)) }
    }

    @Test func utf16IsRefused() {
        let json: [UInt8] = [0x7B, 0, 0x7D, 0]
        #expect(throws: JSONDepth.Problem.notUTF8) { try JSONDepth.check(json) }
    }
}
