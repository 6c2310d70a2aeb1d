import Testing

@testable import DMS

/// Rows of control tables that psql exported, in each of its forms; the rows are made up after the tables' DDL.
@Suite struct ControlTableRowTests {
    private static let canary = "CANARY-7731"

    private func read(_ text: String) throws -> TruncationSummary {
        var summaries: [TruncationSummary] = []
        for piece in [Int.max, 1, 50] {
            let bytes = Array(text.utf8)
            var reader = TruncationReader(source: "rows")
            for start in stride(from: 0, to: bytes.count, by: min(piece, bytes.count)) {
                try reader.take(Array(bytes[start..<min(bytes.count, start + min(piece, bytes.count))]))
            }
            summaries.append(try reader.finish())
        }
        #expect(summaries.allSatisfy { $0 == summaries[0] })
        return summaries[0]
    }

    private static let exceptions = [
        """
        TASK_NAME,TABLE_OWNER,TABLE_NAME,ERROR_TIME,STATEMENT,ERROR
        T1,app,orders,2026-01-02 03:04:05,"INSERT INTO ""app"".""orders"" VALUES ('\(canary)',
        'two, lines')","RetCode: SQL_ERROR SqlState: 22P02 NativeError: 1 Message: \(canary)"
        T1,app,orders,2026-01-03 03:04:05,x,RetCode: SQL_ERROR SqlState: 22P02 NativeError: 1
        T1,app,orders,2026-01-03 03:04:05,x,"malformed JSON, at \(canary)"
        T1,app,events,2026-01-03 03:04:05,x,0 rows affected

        """,
        """
        [{"TASK_NAME":"T1","TABLE_OWNER":"app","TABLE_NAME":"orders","ERROR_TIME":"2026-01-02 03:04:05","STATEMENT":"\(canary)","ERROR":"SqlState: 22P02 x"},
         {"TASK_NAME":"T1","TABLE_OWNER":"app","TABLE_NAME":"orders","ERROR_TIME":"2026-01-03 03:04:05","STATEMENT":"\(canary)","ERROR":"SqlState: 22P02 y"},
         {"TASK_NAME":"T1","TABLE_OWNER":"app","TABLE_NAME":"orders","ERROR_TIME":"2026-01-03 03:04:05","STATEMENT":"\(canary)","ERROR":"malformed JSON"},
         {"TASK_NAME":"T1","TABLE_OWNER":"app","TABLE_NAME":"events","ERROR_TIME":"2026-01-03 03:04:05","STATEMENT":"\(canary)","ERROR":"0 rows affected"}]
        """,
    ]

    @Test(arguments: exceptions) func exceptionsAreCountedInEveryForm(text: String) throws {
        let summary = try read(text)
        #expect(
            summary.applyExceptions.map(\.table.losslessText) == ["app.events", "app.orders", "app.orders"])
        #expect(Set(summary.applyExceptions.map(\.reason)) == [.sqlState("22P02"), .malformed, .noRow])
        let refused = try #require(summary.applyExceptions.first { $0.sqlState == "22P02" })
        #expect(refused.count == 2 && refused.task == Identifier("T1") && refused.isMalformedValue)
        #expect(refused.times == "2026-01-02 03:04:05"..."2026-01-03 03:04:05")
        #expect(summary.entries == 4 && summary.notUnderstood == 0)
        #expect(!"\(summary)".contains(Self.canary))
    }

    @Test(arguments: [1, 2]) func validationFailuresAreCounted(version: Int) throws {
        let head = "TASK_NAME,TABLE_OWNER,TABLE_NAME,FAILURE_TIME,KEY_TYPE,KEY,FAILURE_TYPE,DETAILS"
        let row = { (type: String) in
            "T1,app,orders,2026-01-02 03:04:05.123,Row,\"{\"\"key\"\": [\"\"\(Self.canary)\"\"]}\",\(type),\"[[{'doc': '\(Self.canary)'}]]\""
        }
        // Engine 3.6.1 has four columns more.
        let more = { (result: String) in version == 2 ? ",\(result),2026-01-03 00:00:00,UPSERT,7" : "" }
        let text =
            head + (version == 2 ? ",RESYNC_RESULT,RESYNC_TIME,RESYNC_ACTION,RESYNC_ID" : "") + "\n"
            + row("RECORD_DIFF") + more("SUCCESS") + "\n" + row("RECORD_DIFF") + more("FAILURE") + "\n"
            + row("MISSING_TARGET") + more("") + "\n" + row(Self.canary) + more("") + "\n"
        let summary = try read(text)
        #expect(summary.validationFailures.map(\.kind) == [nil, .missingOnTarget, .recordDiffers])
        #expect(summary.validationFailures.map(\.count) == [1, 1, 2])
        #expect(summary.validationFailures.map(\.repaired) == [0, 0, version == 2 ? 1 : 0])
        #expect(!"\(summary)".contains(Self.canary))
    }

    /// Text without quotation marks is not read: a value with separators and a line break would pass for a row of its own.
    @Test(arguments: ["|", "\t"]) func unalignedTextIsNotRead(separator: String) throws {
        let rows = """
            TASK_NAME|TABLE_OWNER|TABLE_NAME|ERROR_TIME|STATEMENT|ERROR
            T1|app|orders|2026-01-02 03:04:05|INSERT '
            T1|\(Self.canary)|\(Self.canary)|2026-01-02 03:04:05|e|SqlState: 22P02
            ', 1|SqlState: 22P02

            """
        let summary = try read(rows.replacing("|", with: separator))
        #expect(summary.applyExceptions == [] && summary.entries == 0)
        #expect(!"\(summary)".contains(Self.canary))
    }

    /// Only a time is kept of a time, and only a SQLSTATE of an error.
    @Test func wordsOfValuesAreNoTimesAndNoStates() throws {
        let head = "TASK_NAME,TABLE_OWNER,TABLE_NAME,ERROR_TIME,STATEMENT,ERROR\n"
        let time = try read(head + "T1,app,orders,2026-01-02 03:04:05 \(Self.canary),x,SqlState: 22P02\n")
        #expect(time.applyExceptions == [])
        let zone = try read(head + "T1,app,orders,2026-01-02 03:04:05.123456+05:45,x,SqlState: 22P02\n")
        #expect(zone.applyExceptions.map(\.sqlState) == ["22P02"])
        let states = [
            ("value was SqlState: SECRE then; SqlState: 22P02 x", "22P02"), ("SqlState: 22P02X", nil),
            ("SqlState: HY000 NativeError: 1", "HY000"), ("SqlState: CANAR", nil),
        ]
        for (error, expected) in states {
            let found = try read(head + "T1,app,orders,2026-01-02 03:04:05,x,\(error)\n")
            #expect(found.applyExceptions.map(\.sqlState) == [expected], "\(error)")
        }
    }
}
