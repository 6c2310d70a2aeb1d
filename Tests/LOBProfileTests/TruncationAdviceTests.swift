import LOBAdvice
import SizeStatistics
import Testing

@Suite struct TruncationAdviceTests {
    private func advice(
        _ log: String, _ tables: [TableProfile], policy: Policy = Policy()
    ) throws -> TruncationAdvice {
        var reader = TruncationReader(source: "task.log")
        try reader.take(Array(log.utf8))
        let profile = ProfileFixture.profile(tables, policy: policy)
        return TruncationAdvice(
            try reader.finish(), against: profile, recommending: Recommender(profile).recommend().tables,
            policy: policy)
    }

    private func line(_ table: String, column: String = "body", limit: Int = 32_768, length: String = "40000")
        -> String
    {
        "[SOURCE_CAPTURE ]W: Value of column '\(column)' in table '\(table)' was truncated to \(limit) bytes, "
            + "actual length: \(length) bytes (postgres_pglogical.c:2550)\n"
    }

    @Test func aTruncationNamesTheTableToMeasureAgain() throws {
        let advice = try advice(
            line("s.a") + line("s.b"), ["a", "b", "c"].map { ProfileFixture.table($0, sizes: [50_000]) })
        #expect(advice.relations.map(\.losslessText) == ["s.a", "s.b"])
        #expect(advice.findings.map(\.id) == ["truncation-seen", "truncation-seen"])
        #expect(advice.findings.map(\.severity) == [.error, .error])
        #expect(try #require(advice.findings.first).message.contains("40000 bytes"))
    }

    @Test func acceptedTruncationIsAWarningUnlessTheTypeIsStructured() throws {
        let policy = Policy(truncationOK: [try NamePattern("a")])
        let text = try advice(line("s.a"), [ProfileFixture.table("a", sizes: [9])], policy: policy)
        #expect(text.findings.map(\.severity) == [.warning])
        let json = try advice(line("s.a"), [ProfileFixture.table("a", .jsonb, sizes: [9])], policy: policy)
        #expect(json.findings.map(\.severity) == [.error])
    }

    @Test func theRemedySaysWhetherTheProfileAlreadyHoldsIt() throws {
        let policy = Policy(truncationOK: [try NamePattern("a")])
        let large = try advice(line("s.a"), [ProfileFixture.table("a", sizes: [50_000])], policy: policy)
        #expect(try #require(large.findings.first).remedy.contains("hold it: deploy its mapping"))
        let small = try advice(line("s.a"), [ProfileFixture.table("a", sizes: [50])], policy: policy)
        #expect(try #require(small.findings.first).remedy.contains("32 KB do not hold it (79 KB or more"))
        let unlimited = try advice(line("s.a"), [ProfileFixture.table("a", sizes: [50_000])])
        #expect(try #require(unlimited.findings.first).remedy.contains("asks for unlimited"))
    }

    /// A log may name the partitioned table, whatever the rules name: all of its leaves are measured again.
    @Test func aRootMeansItsLeaves() throws {
        let root = RelationName(schema: Identifier("s"), name: Identifier("root"))
        let tables = ["one", "two"].map { ProfileFixture.table($0, sizes: [50_000], root: root) }
        let advice = try advice(line("s.root"), tables + [ProfileFixture.table("other", sizes: [9])])
        #expect(advice.relations.map(\.losslessText) == ["s.one", "s.two"])
        #expect(advice.findings.map(\.id) == ["truncation-seen"])
        #expect(advice.findings.map(\.subject) == ["s.root.body"])
        #expect(try self.advice(line("s.two"), tables).relations.map(\.losslessText) == ["s.two"])
    }

    @Test func negativeLengthsAreSaid() throws {
        let advice = try advice(line("s.a", length: "-5"), [ProfileFixture.table("a", sizes: [9])])
        #expect(advice.findings.map(\.id) == ["truncation-seen", "truncation-length-unknown"])
    }

    @Test func namesWithDotsAndQuotesAreFoundInTheCatalog() throws {
        let hostile = "a.b' in table 's.c"
        let tables = [ProfileFixture.table(hostile, sizes: [9]), ProfileFixture.table("plain", sizes: [9])]
        #expect(try advice(line("s.\(hostile)"), tables).relations == [tables[0].relation.name])
    }

    @Test func tablesThatAreNotInTheProfileAreSaidAndNotMeasured() throws {
        let advice = try advice(line("s.gone"), [ProfileFixture.table("a", sizes: [9])])
        #expect(advice.findings.map(\.id) == ["truncation-of-unknown-table"])
        #expect(advice.relations == [])
    }

    @Test func aColumnThatWasNotMeasuredStillNamesItsTable() throws {
        let advice = try advice(line("s.a", column: "other"), [ProfileFixture.table("a", sizes: [9])])
        #expect(advice.relations.map(\.losslessText) == ["s.a"])
    }

    @Test func failedBatchesAndUnreadLinesAreWarnings() throws {
        let log =
            "[TARGET_APPLY ]I: Bulk apply operation failed. Trying\n"
            + "Value of column 'c' in table 's.t' was truncated to many bytes\n"
        let advice = try advice(log, [ProfileFixture.table("a", sizes: [9])])
        #expect(advice.findings.map(\.id) == ["bulk-apply-failed", "log-line-not-understood"])
        #expect(advice.findings.map(\.severity) == [.warning, .warning])
    }
}
