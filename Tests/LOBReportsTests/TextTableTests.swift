import Testing

@testable import LOBReports

/// Tables, wrapping and sparklines of the terminal.
@Suite struct TextTableTests {
    private static func table(_ rows: [[String]]) -> TextTable {
        var table = TextTable([
            .init(title: "Name", isElastic: true), .init(title: "KB", isNumeric: true), .init(title: "Mode"),
        ])
        rows.forEach { table.add($0) }
        return table
    }

    @Test func columnsLineUpForWideAndCombiningCharacters() {
        let lines = Self.table([["\u{8868}", "1", "a"], ["e\u{301}", "12", "b"], ["abc", "123", "c"]]).lines(
            width: 40)
        #expect(lines == ["Name   KB  Mode", "\u{8868}      1  a", "e\u{301}      12  b", "abc   123  c"])
    }

    @Test func aLongNameGoesOnInTheNextLine() {
        let name = String(repeating: "x", count: 30)
        let lines = Self.table([[name, "1", "limited"]]).lines(width: 35)
        #expect(lines[1] == String(repeating: "x", count: 22) + "   1  limited")
        #expect(lines[2] == String(repeating: "x", count: 8))
    }

    @Test func aNameGoesOnAfterPunctuation() {
        #expect(
            TextWrap.pieces(of: "archive.largest_document.body", cells: 23) == [
                "archive.largest_", "document.body",
            ])
        #expect(TextWrap.pieces(of: "a.bcdefghijklmnop", cells: 10) == ["a.bcdefghi", "jklmnop"])
    }

    @Test func headingsTakeTwoLinesBeforeNamesAreDivided() {
        var table = TextTable([
            .init(title: "Table", isElastic: true), .init(title: "Max LOB Size (Kb)", isNumeric: true),
        ])
        table.add(["public.orders_of_the_year", "648"])
        #expect(table.lines(width: 44).count == 2)
        #expect(
            table.lines(width: 40) == [
                "                             Max LOB", "Table                      Size (Kb)",
                "public.orders_of_the_year        648",
            ])
    }

    @Test func aTableThatCannotFitBecomesAList() {
        let lines = Self.table([["x", "1", String(repeating: "m", count: 40)]]).lines(width: 40)
        let pieces = [36, 4].map { "    " + String(repeating: "m", count: $0) }
        #expect(lines == ["Name", "x", "  KB 1, Mode"] + pieces)
    }

    @Test func aWordThatIsLongerThanTheLineIsDividedAndNothingIsLost() {
        let text = "see " + String(repeating: "y", count: 45) + " end"
        let lines = TextWrap.lines(text, width: 20, indent: "  ")
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 20 })
        #expect(lines.joined().filter { $0 == "y" }.count == 45)
    }

    @Test(arguments: [
        (0, "0 %"), (0.00001, "< 0.01 %"), (0.0005, "0.05 %"), (0.012, "1.2 %"), (0.05, "5 %"),
        (0.25, "25 %"),
        (0.999, "> 99 %"), (1, "100 %"),
    ])
    func sharesAreWrittenAsPercent(_ share: Double, _ text: String) {
        #expect(NumberText.percent(share) == text)
    }

    @Test(
        arguments: [(nil, "not known"), (0, "0 %"), (0.02, "< 2 %"), (0.05, "5 %"), (1, "100 %")]
            as [(Double?, String)])
    func risksAreNeverBetterThanTheModelCanSay(_ risk: Double?, _ text: String) {
        #expect(RiskText.figure(risk) == text)
    }

    @Test(
        arguments: [
            (0, "1970-01-01 00:00:00 UTC"), (951_782_399, "2000-02-28 23:59:59 UTC"),
            (951_868_800, "2000-03-01 00:00:00 UTC"),
            (1_795_376_434, "2026-11-22 19:40:34 UTC"), (-1, "1969-12-31 23:59:59 UTC"),
        ] as [(Int64, String)])
    func momentsAreWrittenInUTC(_ seconds: Int64, _ text: String) {
        #expect(TimeText.words(seconds) == text)
    }
}
