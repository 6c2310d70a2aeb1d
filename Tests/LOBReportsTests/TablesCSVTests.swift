import LOBAdvice
import Testing

@testable import LOBReports

/// tables.csv: what a program reads of each table, with nothing in a field that it has to take apart.
struct TablesCSVTests {
    private static let lines = String(decoding: GoldenReport.report.render(.tablesCSV), as: UTF8.self)
        .split(separator: "\n").map(String.init)

    private static func row(_ table: String) -> String {
        lines.first { $0.hasPrefix("\(table),") } ?? "no \(table)"
    }

    @Test func theHeaderIsWhatProgramsRelyOn() {
        #expect(
            Self.lines.first
                == "schema,table,largest_column,rows,bytes,needed_kb,mode,limit_kb,certainty,risk,reason")
        #expect(Self.lines.count == GoldenReport.report.render(.lobTableCSV).count { $0 == 0x0A })
    }

    @Test(arguments: [
        ("public,orders", "payload,1000000,331776,648,inline,32,exact,0,\"truncation is not OK and 810 KB"),
        ("public,settings", "settings,92,3000,6,limited,32,exact,0,"),
        // No value at all is known, and is no value that is not known.
        ("public,empty", ",0,0,1,limited,32,exact,0,"),
        ("secret,letters", ",,,,inline,64,not-known,,"),
        // A lower bound of the sizes stands beside all rows, and beside no estimate of them.
        ("public,metrics", "series,20000,126028,247,inline,16,at-least,0,"),
        ("archive,documents", "doc,,44644,856,limited,1024,at-least,0."),
        // The largest value is exact, and of the rows only that there are no more.
        ("public,events", "body,,70000,69,inline,8,exact,0,"),
    ])
    func numbersAreWholeAndWordsAreOfAList(_ table: String, _ rest: String) {
        #expect(Self.row(table).hasPrefix("\(table),\(rest)"), "\(Self.row(table))")
    }

    @Test(arguments: [
        "hostile,+1+cmd|' /C calc'!A0,", "hostile,-2+3,", "hostile,@SUM(A1),", "hostile,\" =1+1\",",
        "hostile,\"=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\",", "hostile,\"a,b\"\"c\",",
        "hostile,line\\x0abreak,",
    ])
    func namesAreWhatTheyAre(_ row: String) {
        #expect(Self.lines.contains { $0.hasPrefix(row) })
    }

    @Test func aTableThatNoRuleSelectsHasNoMode() {
        let table = TableRecommendation(
            name: RelationName(schema: Identifier("s"), name: Identifier("t")), leaves: [],
            unmigratedKind: nil,
            columns: [], limit: nil, setting: nil, mode: .limited, bulkMaxSize: Kibibytes(32),
            isTruncationOK: false, risk: nil, reason: .noLOB, isSelected: false)
        #expect(TablesCSV.Mode(table) == .none)
    }

    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (0.05, "0.05"), (0.1 + 0.2, "0.30000000000000004"),
            (1.5e-7, "0.00000015"), (3e-5, "0.00003"),
        ] as [(Double, String)])
    func probabilitiesAreShortExactAndWithoutExponents(_ probability: Double, _ text: String) {
        #expect(TablesCSV.decimal(probability) == text)
        #expect(Double(text) == probability)
    }
}
