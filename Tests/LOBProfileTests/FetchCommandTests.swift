import LOBAdvice
import LOBReports
import SizeStatistics
import Testing

/// The command that fetches a log asks for every entry that would be read in it.
@Suite struct FetchCommandTests {
    /// The words that the command asks for, each of which is enough.
    private func terms() throws -> [String] {
        let profile = ProfileFixture.profile([ProfileFixture.table("a", sizes: [9])])
        var reader = TruncationReader(source: "other.log")
        try reader.take(Array("INFO started\n".utf8))
        let summary = try reader.finish()
        let evidence = TruncationEvidence(
            summary, against: profile, recommending: Recommender(profile).recommend().tables)
        let advice = TruncationAdvice(summary, evidence, policy: Policy())
        let finding = try #require(advice.findings.first { $0.id == "log-without-entries" })
        let pattern = try #require(finding.remedy.split(separator: "--filter-pattern '").last)
        return pattern.replacing("'", with: "").split(separator: "?").map {
            $0.replacing("\"", with: "").split(separator: " ").joined(separator: " ")
        }
    }

    @Test(arguments: [
        "Value of column 'c' in table 's.t' was truncated to 32768 bytes, actual length: 40000 bytes",
        "The value of column 'C' in table 'S.T' was truncated to length 16384",
        "Failed to execute statement: 'UPDATE \"s\".\"t\" SET \"doc\"=? ' [1022502]",
        "RetCode: SQL_ERROR  SqlState: 22P02 NativeError: 1 Message: ERROR: invalid input syntax for type json",
        "Error: malformed JSON", "Malformed JSON string", "ERROR:  invalid input syntax for type json;",
        "0 rows affected",
        "Bulk apply operation failed. Trying to execute bulk statements in 'one-by-one' mode",
        "Command failed to load data with exit error code 0 and exitwhy 1 [1020403]",
        "Handling End of table 's'.'t' loading failed by subtask 1 thread 1",
        "Table 's'.'t' was errored/suspended (subtask 1 thread 1)",
    ])
    func everyEntryThatIsReadIsFetched(entry: String) throws {
        let terms = try terms()
        #expect(terms.count == 12 && terms.last == "TASK_MANAGER")
        #expect(terms.contains { entry.contains($0) }, "\(terms)")
    }
}
