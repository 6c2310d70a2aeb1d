import Testing

@testable import LOBReports

/// Fields that no spreadsheet takes for a formula, whatever marks or spaces surround their first character.
@Suite struct CSVFieldTests {
    @Test(arguments: [
        "=1+1", "+1", "-1", "@x", " =1", "=\u{301}1", "\u{FF1D}1", "\u{FF0B}1", "\u{FF0D}1", "\u{FF20}x",
        "  @x",
    ])
    func aFieldThatStartsAFormulaGetsAnApostrophe(_ text: String) {
        #expect(CSVField.quote(text).utf8.elementsEqual("\"'\(text)\"".utf8))
    }

    @Test(arguments: [
        "\t=1", "\r=1", "\u{0}=1", "\n=1", "\u{FEFF}=1", "\u{200B}=1", "\u{A0}=1", "\u{3000}=1",
    ])
    func anUnseenFirstCharacterIsEscapedAndSoIsText(_ text: String) {
        #expect(CSVField.quote(text).utf8.starts(with: "\"\\".utf8))
    }

    @Test func quotesAreDoubledWithAnyMarkBehindThem() {
        #expect(CSVField.quote("a\"\u{301}b").utf8.elementsEqual("\"a\"\"\u{301}b\"".utf8))
    }

    @Test(arguments: ["648", "public.orders", "a-b", "'", ""])
    func anyOtherFieldIsOnlyQuoted(_ text: String) {
        #expect(CSVField.quote(text) == "\"\(text)\"")
    }

    /// A program must find the name that is there, whatever a spreadsheet would make of it.
    @Test(arguments: [
        "=1+1", "-1", "@x", "648", "public.orders", "'", "", "\u{FF1D}1", "a b", "0.05",
    ])
    func aFieldForProgramsIsTheTextItself(_ text: String) {
        #expect(CSVField.exact(text).utf8.elementsEqual(text.utf8))
    }

    @Test(arguments: [
        ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), (" =1", "\" =1\""), ("a ", "\"a \""),
        ("a\nb", "a\\x0ab"), ("\"\u{301}", "\"\"\"\u{301}\""),
    ])
    func aFieldForProgramsHasQuotesWhereItNeedsThem(_ text: String, _ field: String) {
        #expect(CSVField.exact(text).utf8.elementsEqual(field.utf8))
    }
}
