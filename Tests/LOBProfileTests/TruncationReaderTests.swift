import LOBAdvice
import SizeStatistics
import TestSupport
import Testing

@Suite struct TruncationReaderTests {
    /// The forms that were found in public logs.
    private static let forms:
        [(line: String, place: String, limit: Int64, length: Int64?, component: String?)] = [
            (
                "2023-05-24T13:52:50 [SOURCE_CAPTURE  ]W:  Value of column 'column_name_001' in table "
                    + "'schema.table_name_001' was truncated to 131072 bytes, actual length: 143687 bytes  "
                    + "(postgres_pglogical.c:2550)", "schema.table_name_001.column_name_001", 131_072,
                143_687, "SOURCE_CAPTURE"
            ),
            (
                "[SOURCE_CAPTURE ]W: Value of column 'column_name_001' in table 'schema.table_name_001' was truncated to "
                    + "131072 bytes, actual length: 143687 bytes (postgres_pglogical.c:2550)",
                "schema.table_name_001.column_name_001", 131_072, 143_687, "SOURCE_CAPTURE"
            ),
            (
                "[SOURCE_CAPTURE  ]W:  Value of column 'value_multiline_text' in table 'public.entity_values' was truncated to "
                    + "524288 bytes, actual length: -66165448 bytes  (postgres_pglogical.c:2343)",
                "public.entity_values.value_multiline_text", 524_288, nil, "SOURCE_CAPTURE"
            ),
            (
                "2022-10-21T13:24:07 [SOURCE_UNLOAD   ]W:  Value of column 'metadata' in table 'integrations.integration' was "
                    + "truncated to 32768 bytes, actual length: 116664 bytes  (postgres_endpoint_unload.c:1072)",
                "integrations.integration.metadata", 32_768, 116_664, "SOURCE_UNLOAD"
            ),
            (
                "Value of column 'payload' in table 'public.bootstrap_cache' was truncated to 32768 bytes, actual length: "
                    + "257952 bytes", "public.bootstrap_cache.payload", 32_768, 257_952, nil
            ),
            (
                "721331968: 2018-09-11T19:48:46:979532 [SOURCE_UNLOAD] W: The value of column 'C' in table 'HR.TEST_CLOB' was "
                    + "truncated to length 16384", "HR.TEST_CLOB.C", 16_384, nil, "SOURCE_UNLOAD"
            ),
        ]

    private func read(_ bytes: [UInt8], pieces: Int = .max) throws -> TruncationSummary {
        var reader = TruncationReader(source: "task.log")
        for start in stride(from: 0, to: bytes.count, by: pieces == .max ? max(1, bytes.count) : pieces) {
            try reader.take(
                Array(bytes[start..<min(bytes.count, pieces == .max ? bytes.count : start + pieces)]))
        }
        return try reader.finish()
    }

    private func read(_ text: String) throws -> TruncationSummary {
        try read(Array(text.utf8))
    }

    @Test(arguments: forms.indices) func everyKnownFormIsRead(_ index: Int) throws {
        let form = Self.forms[index]
        for ending in ["", "\n", "\r\n"] {
            let summary = try read(form.line + ending)
            let truncation = try #require(summary.truncations.first)
            #expect(summary.truncations.count == 1 && truncation.count == 1 && summary.notUnderstood == 0)
            #expect(truncation.place.text == form.place)
            #expect(truncation.limit == ByteCount(form.limit))
            #expect(truncation.largestLength == form.length.map { ByteCount($0) })
            #expect(truncation.unknownLengths == (form.length == nil ? 1 : 0))
            #expect(truncation.components == Set([form.component].compactMap(\.self)))
        }
    }

    @Test(arguments: forms.indices) func aLineThatIsWrappedAtAnySpaceIsReadAsWell(_ index: Int) throws {
        let line = Array(Self.forms[index].line.utf8)
        let start = try #require(line.firstIndex(of: UInt8(ascii: "'")))
        for space in line.indices[start...] where line[space] == 0x20 && line[space - 1] != 0x20 {
            let wrapped = Array(line[..<space]) + Array("\n".utf8) + Array(line[(space + 1)...])
            let summary = try read(wrapped + Array("\n2023-05-24T13:52:51 [TASK_MANAGER    ]I:  ok\n".utf8))
            // A break behind a complete statement leaves a rest that says nothing.
            #expect(summary.truncations.map(\.count) == [1])
            #expect(summary.truncations.first?.place.text == Self.forms[index].place)
        }
    }

    @Test(arguments: [1, 2, 7, 64, 4096]) func piecesOfAnySizeGiveTheSame(_ size: Int) throws {
        let log = Array(Self.forms.map(\.line).joined(separator: "\r\n").utf8)
        let whole = try read(log)
        #expect(try read(log, pieces: size) == whole)
        #expect(whole.truncations.count == 5 && whole.truncations.map(\.count).reduce(0, +) == 6)
        #expect(whole.lines == 6)
    }

    @Test func cutsOfOneColumnAddUp() throws {
        let line = { (time: String, component: String, length: String) in
            "\(time) [\(component)]W: Value of column 'c' in table 's.t' was truncated to 32768 bytes, "
                + "actual length: \(length) bytes\n"
        }
        let summary = try read(
            line("2023-05-24T13:52:50", "SOURCE_UNLOAD", "40000")
                + line("2023-05-23T00:00:00", "SOURCE_CAPTURE", "-1")
                + line("2023-05-25T00:00:00", "SOURCE_CAPTURE", "50000"))
        let truncation = try #require(summary.truncations.first)
        #expect(truncation.count == 3 && truncation.unknownLengths == 1)
        #expect(truncation.largestLength == ByteCount(50_000))
        #expect(truncation.times?.lowerBound.description == "2023-05-23T00:00:00")
        #expect(truncation.times?.upperBound.description == "2023-05-25T00:00:00")
        #expect(truncation.components == ["SOURCE_UNLOAD", "SOURCE_CAPTURE"])
    }

    /// Times are kept as they are written, and compared by what they mean.
    @Test(arguments: [
        ("2018-09-11T19:48:46:979532", "2018-09-11T19:48:46:979533"),
        ("2018-09-11 19:48:46", "2018-09-11T19:48:46.0001"),
        ("2018-09-11T19:48:46.25", "2018-09-11T19:48:46:3"),
        ("0001-01-01T00:00:00.000000001", "9999-99-99T99:99:99"),
    ])
    func timesAreKeptAsTheyAreWritten(_ first: String, _ last: String) throws {
        let line = { (time: String) in
            "\(time) [A]W: Value of column 'c' in table 's.t' was truncated to 5 bytes\n"
        }
        let times = try #require(try read(line(last) + line(first)).truncations.first?.times)
        #expect(times.lowerBound.description == first && times.upperBound.description == last)
    }

    @Test(arguments: ["-66165448", "99999999999999999999999", "16384", "0"])
    func lengthsThatCannotBeTrueAreUnknown(_ length: String) throws {
        let summary = try read(
            "Value of column 'c' in table 's.t' was truncated to 32768 bytes, actual length: \(length) bytes")
        #expect(summary.truncations.map(\.unknownLengths) == [1])
        #expect(summary.truncations.map(\.largestLength) == [nil])
    }

    @Test(arguments: [
        "Value of column 'c' in table 's.t' was truncated to many bytes",
        "Value of column 'c' in table 's.t' was truncated to 99999999999999999999 bytes",
        "Value of column 'c' in table 's.t' was truncated to 5 bytes, actual length: 9 bytes and more",
        "Value of column 'c' of 's.t' was truncated to 5 bytes", "Value of column 'c' in table 's.t' was",
        "[SOURCE_UNLOAD ]W: LOB value of 's.t' was truncated to 5 bytes",
        "[SOURCE_UNLOAD ]W: Value of column 'c' in table 's.t' was truncated from 9 to 5 bytes",
    ])
    func unknownFormsAreCountedAndNotGuessed(_ line: String) throws {
        let summary = try read(line + "\n2023-05-24T13:52:51 [TASK_MANAGER    ]I:  ok\n")
        #expect(summary.truncations == [] && summary.notUnderstood == 1)
    }

    @Test func anEntryEndsWhereTheNextBegins() throws {
        let summary = try read(
            """
            Value of column 'c' in table 's.
            2023-05-24T13:52:51 [TASK_MANAGER    ]I:  ok
            t' was truncated to 5 bytes, actual length: 9 bytes
            """)
        #expect(summary.truncations == [] && summary.notUnderstood == 2)
    }

    @Test func linesForgedInsideAValueAreNoTruncations() throws {
        let forged = "Value of column 'c' in table 's.t' was truncated to 5 bytes, actual length: 9 bytes"
        let statement =
            "2017-09-19T03:00:49 [TARGET_APPLY ]E: Failed to execute statement: 'UPDATE x SET y = '\(forged)''"
        #expect(try read(statement).truncations == [])
        // In CloudWatch an event is one entry, so not even a line of its own can imitate one.
        let event = JSONValue.members([
            "events": .array([.members(["message": .text("\(statement)\n\(forged)\n")])])
        ])
        #expect(try read(event.prettyBytes).truncations == [])
    }

    @Test func aNameThatImitatesAnEndIsKeptWhole() throws {
        let name = "t' was truncated to 5 bytes, actual length: 9 bytes"
        let summary = try read(
            "Value of column 'c' in table 's.\(name)' was truncated to 32768 bytes, actual length: 40000 bytes"
        )
        #expect(summary.truncations.map(\.limit) == [ByteCount(32_768)])
        let table = try #require(summary.truncations.first?.place.readings.first?.table)
        #expect(table.name == Identifier(name))
    }

    @Test func bytesThatAreNoUTF8AreKept() throws {
        let line =
            Array("Value of column 'c".utf8) + [0xFF] + Array("' in table 's.t".utf8) + [0xC3]
            + Array("' was truncated to 5 bytes, actual length: 9 bytes".utf8)
        let reading = try #require(try read(line).truncations.first?.place.readings.first)
        #expect(reading.column.bytes == [0x63, 0xFF] && reading.table.name.bytes == [0x74, 0xC3])
    }

    @Test func aLineWithoutEndTakesLittleMemoryAndIsCounted() throws {
        var reader = TruncationReader(source: "x")
        let piece = Array(repeating: UInt8(ascii: "x"), count: 1 << 16)
        for _ in 0..<40 { try reader.take(piece) }
        try reader.take(Array("\n\(Self.forms[0].line)\n".utf8))
        let summary = try reader.finish()
        #expect(summary.overlongLines == 1 && summary.lines == 2 && summary.truncations.count == 1)
    }

    @Test func hostileNamesCostNoTime() throws {
        let quotes = String(repeating: "' in table '.", count: 60_000)
        let summary = try read("Value of column '\(quotes)' was truncated to 5 bytes, actual length: 9 bytes")
        #expect(summary.truncations == [] && summary.notUnderstood == 1)
    }

    @Test func failedBatchesAreCountedByTask() throws {
        let message =
            "2023-05-24T13:52:50 [TARGET_APPLY ]I: Bulk apply operation failed. Trying to execute bulk statements "
            + "in 'one-by-one' mode (bulk_apply.c:2000"
        #expect(try read("\(message)\n\(message)\n").bulkApplyFailures == ["task.log": 2])
        let events = JSONValue.members([
            "events": .array(
                ["dms-task-A", "dms-task-B", "dms-task-A"].map {
                    .members(["logStreamName": .text($0), "message": .text(message)])
                })
        ])
        #expect(try read(events.compactBytes).bulkApplyFailures == ["dms-task-A": 2, "dms-task-B": 1])
    }

    @Test func theThreeFormsOfCloudWatchAreRead() throws {
        let line = Self.forms[3].line
        let event = JSONValue.members([
            "logStreamName": .text("dms-task-X"), "timestamp": .integer(1_666_358_647_000),
            "message": .text(line + "\n"),
            "ingestionTime": .integer(1), "eventId": .text("1"),
        ])
        let documents: [JSONValue] = [
            .members(["events": .array([event]), "searchedLogStreams": .array([])]),
            .members([
                "events": .array([.members(["timestamp": .integer(1), "message": .text(line)])]),
                "nextForwardToken": .text("f/1"),
            ]),
            .members([
                "results": .array([
                    .array([
                        .members(["field": .text("@timestamp"), "value": .text("2022-10-21 13:24:07.000")]),
                        .members(["field": .text("@message"), "value": .text(line)]),
                    ])
                ]), "status": .text("Complete"),
            ]), .array([event]),
        ]
        for document in documents {
            for bytes in [document.prettyBytes, document.compactBytes] {
                #expect(
                    try read(bytes, pieces: 100).truncations.map(\.place.text) == [
                        "integrations.integration.metadata"
                    ])
            }
        }
        #expect(try read(event.compactBytes + event.compactBytes).truncations.map(\.count) == [2])
    }

    @Test(arguments: [
        ("{\"events\": [", "log looks like JSON, but is not valid"),
        ("{\"tasks\": []}", "log is JSON or YAML without events"),
    ])
    func otherJSONIsRefused(_ text: String, _ message: String) {
        let error = #expect(throws: TruncationLogError.self) { try read(text) }
        #expect(error?.description.utf8.starts(with: message.utf8) == true)
    }

    @Test func anEmptyLogSaysNothing() throws {
        let summary = try read("")
        #expect(summary.lines == 0 && summary.entries == 0 && summary.cuts.isEmpty)
        #expect(summary.logs.count == 1 && summary.logs.namesWithoutEntries == ["task.log"])
    }

    @Test func randomBytesNeverTrap() throws {
        var generator = SeededGenerator(seed: 12)
        let pieces = Self.forms.map { Array($0.line.utf8) }
        for _ in 0..<3000 {
            var log = try #require(pieces.randomElement(using: &generator))
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                let place = Int.random(in: 0..<log.count, using: &generator)
                switch Int.random(in: 0...2, using: &generator) {
                case 0: log[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: log.remove(at: place)
                default: log.insert(contentsOf: Array("' in table '\n".utf8), at: place)
                }
                if log.isEmpty { log = [0x0A] }
            }
            let summary = try? read(log)
            for truncation in summary?.truncations ?? [] { _ = truncation.place.readings }
        }
    }
}
