import LOBAdvice
import Testing

@testable import LOBReports

/// Markdown that means only itself: read back by the few rules that it uses, it is the text.
@Suite struct MarkdownTextTests {
    /// Entities are decoded, code spans unwrapped; nothing else may have a meaning.
    private static func plain(_ markdown: String) throws -> String {
        var output = String.UnicodeScalarView()
        var rest = markdown.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "&" else {
                if scalar != "`" { output.append(scalar) }
                continue
            }
            let digits = rest.prefix { $0 != ";" }.dropFirst()
            let value = try #require(UInt32(String(Substring(digits))))
            output.append(try #require(Unicode.Scalar(value)))
            rest = rest.dropFirst(digits.count + 2)
        }
        return String(output)
    }

    @Test(arguments: HostileNames.all)
    func aHostileNameReadsAsItself(_ name: Identifier) throws {
        let visible = VisibleText.escape(name)
        #expect(try Self.plain(MarkdownText.escape(visible)).utf8.elementsEqual(visible.utf8))
    }

    @Test func tenThousandRandomNamesReadAsThemselvesAndStayInTheirCell() throws {
        var generator = SeededScalars(seed: 20_261_122)
        for _ in 0..<10_000 {
            let visible = VisibleText.escape(generator.nextText())
            let markdown = MarkdownText.escape(visible)
            #expect(try Self.plain(markdown).utf8.elementsEqual(visible.utf8))
            let outside = markdown.unicodeScalars.filter { "|\\<>[]{}@!~*^\n".unicodeScalars.contains($0) }
            #expect(outside.isEmpty, "\(markdown)")
        }
    }

    @Test(arguments: ["public.orders", "sales_2026.invoice_lines", "A.b", "12:30:05", "3.5 %", "x (y), z."])
    func ordinaryTextStaysAsItIs(_ text: String) {
        #expect(MarkdownText.escape(text).utf8.elementsEqual(text.utf8))
    }

    @Test(arguments: [
        ("@admin", "&#64;`admin`"), ("a|b", "`a`&#124;`b`"), ("[~x]", "&#91;&#126;`x`&#93;"),
        ("deadbeef", "`deadbeef`"), ("_x_", "`_x_`"), ("a  b", "a&#32;&#32;b"), (" a ", "&#32;a&#32;"),
        ("www.a.b", "`www`&#46;`a.b`"), ("shop.app", "`shop.app`"), ("$1", "`$1`"),
        ("a\u{202E}b", "`a`&#92;`u`&#123;`202e`&#125;`b`"),
    ])
    func aWordThatCouldMeanSomethingIsDivided(_ text: String, _ markdown: String) {
        #expect(MarkdownText.escape(text).utf8.elementsEqual(markdown.utf8))
    }

    /// Inside a code element the same is one piece, and nothing of it is markup.
    @Test func codeThatASpanCannotHoldIsOneElement() throws {
        var generator = SeededScalars(seed: 20_261_130)
        for _ in 0..<10_000 {
            let visible = VisibleText.escape(generator.nextText())
            let markdown = MarkdownText.code(visible)
            // Bytes, as a mark may combine with the end of a tag.
            let inside = ["<code>", "</code>"].reduce(Array(markdown.utf8)) {
                $0.replacing(Array($1.utf8), with: [])
            }
            let text = String(decoding: inside, as: UTF8.self)
            #expect(try Self.plain(text).utf8.elementsEqual(visible.utf8))
            let marks = text.unicodeScalars.filter {
                "|\\<>[]{}@!~*^_`.:$+\n".unicodeScalars.contains($0)
            }
            #expect(marks.isEmpty, "\(markdown)")
        }
    }
}

/// Random text of characters that escapers must know.
struct SeededScalars {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private static let scalars = Array(
        "ab0_ .,:;|\\`'\"<>&@#![]{}()*~^$%=+-/?\n\r\t\u{0}\u{1B}\u{7F}\u{85}\u{301}\u{200B}\u{202E}\u{2066}\u{FEFF}\u{A0}\u{8868}\u{FF1D}\u{1F600}\u{E0041}"
            .unicodeScalars)

    private mutating func next(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    /// A text of 0 to 12 characters.
    mutating func nextText() -> String {
        let count = next(below: 13)
        return String(
            String.UnicodeScalarView((0..<count).map { _ in Self.scalars[next(below: Self.scalars.count)] }))
    }
}
