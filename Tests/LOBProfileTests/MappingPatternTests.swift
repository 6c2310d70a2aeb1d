import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

@Suite struct MappingPatternTests {
    @Test(arguments: [
        ("%", "", true), ("%", "anything", true), ("_", "a", true), ("_", "é", true), ("_", "ab", false),
        ("some_table", "someXtable", true), ("some[_]table", "someXtable", false),
        ("some[_]table", "some_table", true),
        ("[ab]%", "bc", true), ("[a-d]", "c", true), ("[a-d]", "e", false), ("a%b%c", "axxbyyc", true),
        ("a%b%c", "axxbyy", false), ("A", "a", false), ("[", "[", true), ("a", "", false), ("", "", true),
    ])
    func patternsMatchAsTheGuideSays(_ pattern: String, _ text: String, _ isMatch: Bool) {
        #expect(MappingPattern(Identifier(pattern)).matches(Identifier(text)) == isMatch)
    }

    @Test func patternsAgreeWithTheDocumentedMatcher() {
        var generator = SeededGenerator(seed: 11)
        let alphabet = ["a", "b", "_", "%", "[", "]", "-", "é"]
        let draw = { (generator: inout SeededGenerator) in
            (0..<Int.random(in: 0...6, using: &generator)).compactMap { _ in
                alphabet.randomElement(using: &generator)
            }
            .joined()
        }
        var matches = 0
        for _ in 0..<20_000 {
            let (pattern, text) = (draw(&generator), draw(&generator))
            // Sets of several ranges are read by lobscope only.
            guard !pattern.unicodeScalars.contains("-") else { continue }
            let expected = DocumentedMatcher.like(
                Array(pattern.unicodeScalars)[...], Array(text.unicodeScalars)[...])
            #expect(
                MappingPattern(Identifier(pattern)).matches(Identifier(text)) == expected,
                "\(pattern) on \(text)")
            if expected { matches += 1 }
        }
        #expect(matches > 500)
    }
}
