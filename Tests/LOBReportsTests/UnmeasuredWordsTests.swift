import LOBAdvice
import Testing

@testable import LOBReports

/// What was not measured has a reason that nobody confuses with another, and a way out.
struct UnmeasuredWordsTests {
    private static let table = RelationName(schema: Identifier("s"), name: Identifier("t"))

    @Test func everyReasonHasWordsOfItsOwn() {
        let reasons = Unmeasured.Reason.allCases.map(UnmeasuredWords.reason)
        #expect(Set(reasons).count == reasons.count && reasons.allSatisfy { $0.utf8.count > 5 })
    }

    @Test(arguments: Unmeasured.Reason.allCases) func everyReasonHasARemedy(_ reason: Unmeasured.Reason) {
        for relation in [Self.table, nil] {
            #expect(UnmeasuredWords.remedy(Unmeasured(relation: relation, reason: reason)).utf8.count > 5)
        }
    }

    @Test(
        arguments: [
            (.rowSecurity, table, ["BYPASSRLS"]), (.poolTooSmall, table, ["pool_size", "--jobs"]),
            (.noBound, table, ["--method full"]), (.permissionDenied, table, ["grant SELECT on the table"]),
            (.permissionDenied, nil, ["GRANT SELECT ON LARGE OBJECT", "pg_read_all_data"]),
        ] as [(Unmeasured.Reason, RelationName?, [String])])
    func theRemedyNamesWhatHelps(_ reason: Unmeasured.Reason, _ relation: RelationName?, _ words: [String]) {
        let remedy = UnmeasuredWords.remedy(Unmeasured(relation: relation, reason: reason))
        for word in words { #expect(remedy.contains(word)) }
    }

    @Test func theDetailStandsBehindTheReason() {
        let entry = Unmeasured(relation: Self.table, reason: .damaged, detail: "block 7, SQLSTATE XX001")
        #expect(UnmeasuredWords.explanation(entry) == "damaged data (block 7, SQLSTATE XX001)")
    }
}
