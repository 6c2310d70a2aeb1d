import DMS
import Testing

/// Logs in which nothing looks like DMS are counted and named, whatever is in others.
@Suite struct LogsReadTests {
    private static let entry =
        "2025-03-02T10:11:12 [TASK_MANAGER    ]I:  Task is running  (replicationtask.c:1)\n"

    private func read(_ text: String, _ name: String, mayBeOther: Bool = false) throws -> TruncationSummary {
        var reader = TruncationReader(source: name, mayBeOther: mayBeOther)
        for byte in text.utf8 { try reader.take([byte]) }
        return try reader.finish()
    }

    @Test func eachLogIsJudgedByItself() throws {
        var summary = TruncationSummary()
        let logs = [
            ("a", Self.entry), ("b", "INFO started\n"), ("c", ""), ("d", "{\"events\": []}"),
            ("e", Self.entry),
        ]
        for (name, text) in logs { summary.merge(try read(text, name)) }
        #expect(summary.logs.count == 5 && summary.logs.withoutEntries == 3)
        #expect(summary.logs.namesWithoutEntries == ["b", "c", "d"])
        #expect(summary.entries == 2)
    }

    @Test func theFirstNamesAreKept() throws {
        var summary = TruncationSummary()
        for number in 0..<40 { summary.merge(try read("INFO\n", "\(number)")) }
        #expect(summary.logs.count == 40 && summary.logs.withoutEntries == 40)
        #expect(summary.logs.namesWithoutEntries == (0..<LogsRead.mostNames).map { "\($0)" })
    }

    /// A control table that lists nothing says just that.
    @Test(arguments: ["ERROR_TIME,STATEMENT,ERROR", "FAILURE_TIME,KEY_TYPE,KEY,FAILURE_TYPE,DETAILS"])
    func anEmptyControlTableIsOfDMS(columns: String) throws {
        let summary = try read("TASK_NAME,TABLE_OWNER,TABLE_NAME,\(columns)\n", "rows.csv")
        #expect(summary.logs.count == 1 && summary.logs.withoutEntries == 0)
    }

    /// JSON and YAML of something else are refused where they are named, and told where a folder has them.
    @Test(arguments: ["{\"rules\": []}", "status: running\n", "{\"a\": 1}{\"b\": 2}"])
    func otherDocumentsOfAFolderAreNoLogs(text: String) throws {
        #expect(throws: TruncationLogError.noEvents) { try read(text, "x") }
        let summary = try read(text, "x", mayBeOther: true)
        #expect(summary.logs.namesWithoutEntries == ["x"])
    }

    /// A document that is not understood beside events may have more of them.
    @Test func eventsBesideSomethingElseAreRefused() {
        for text in ["{\"a\": 1}{\"message\": \"x\"}", "{\"message\": \"x\"}{\"a\": 1}"] {
            #expect(throws: TruncationLogError.noEvents) { try read(text, "x", mayBeOther: true) }
        }
        #expect(throws: TruncationLogError.self) { try read("{\"events\": [", "x", mayBeOther: true) }
    }
}
