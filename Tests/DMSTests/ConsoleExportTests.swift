import DMS
import Testing

/// What CloudWatch's console exports as CSV: the list of events of a stream, and the results of Logs Insights.
@Suite struct ConsoleExportTests {
    private static let headings = [
        "timestamp,message", "\"timestamp\",\"message\"", "\u{FEFF}timestamp,message", "@timestamp,@message",
        "timestamp,message,logStreamName", "@timestamp,@message,@logStream,@log", "@message", "message",
    ]

    private static let unload =
        "2025-03-02T10:11:14 [SOURCE_UNLOAD   ]W:  Value of column 'a \"b\", c' in table 'shop.chat' was truncated to 32768 bytes, "
        + "actual length: 45000 bytes  (postgres_endpoint_unload.c:1072)"
    private static let statement =
        "2025-03-02T10:11:15 [TARGET_APPLY    ]E:  Failed to execute statement: 'UPDATE \"shop\".\"it\"\"s\" SET \"doc\"=? ' [1022502]"
    private static let refusal =
        "2025-03-02T10:11:15 [TARGET_APPLY    ]E:  RetCode: SQL_ERROR  SqlState: 22P02 NativeError: 1 Message: x"
    /// A line break in a message is part of its entry, even where a value imitates one.
    private static let forged =
        "2025-03-02T10:11:16 [TARGET_APPLY    ]E:  Error, value 'x,\n\(unload.replacing("chat", with: "forged"))'"

    /// A file of the messages, as the heading has columns.
    private static func file(_ heading: String, _ messages: [String], ending: String) -> String {
        let columns = heading.split(separator: ",").map { $0.drop { $0 == "\u{FEFF}" } }
        let rows = messages.enumerated().map { number, message in
            columns.map { column in
                switch column.filter({ $0 != "\"" }) {
                case "message", "@message": "\"\(message.replacing("\"", with: "\"\""))\""
                case "timestamp": "174091027\(number)000"
                case "@timestamp": "2025-03-02 10:11:1\(number).000"
                default: "dms-task-ABC"
                }
            }.joined(separator: ",")
        }
        return ([heading] + rows).joined(separator: ending) + ending
    }

    private func read(_ text: String, piece: Int) throws -> TruncationSummary {
        var reader = TruncationReader(source: "export.csv")
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try reader.take(Array(bytes[start..<min(bytes.count, start + piece)]))
        }
        return try reader.finish()
    }

    @Test(arguments: headings, ["\n", "\r\n"])
    func quotedMessagesAreReadWhole(heading: String, ending: String) throws {
        // The console keeps the line break at the end of a message; long ones are wrapped.
        let wrapped = Self.unload.replacing(" was truncated", with: "\n was truncated") + "\n"
        let messages = [Self.unload, wrapped, Self.statement + "\n", Self.refusal, Self.forged]
        let text = Self.file(heading, messages, ending: ending)
        for piece in [text.utf8.count, 1, 7] {
            let summary = try read(text, piece: piece)
            #expect(summary.truncations.map(\.place.text) == ["shop.chat.a \"b\", c"], "\(text)")
            #expect(summary.truncations.map(\.count) == [2])
            #expect(summary.truncations.map(\.largestLength) == [ByteCount(45_000)])
            let table = RelationName(schema: Identifier("shop"), name: Identifier("it\"s"))
            #expect(summary.failuresByTable == [table: [.malformedValue: 1]])
            // What a value says of truncations is counted as not understood, and no more.
            #expect(summary.lines == 5 && summary.entries == 5 && summary.notUnderstood == 1)
        }
    }

    /// The stream of an entry says where a batch failed, whatever the export calls it.
    @Test(arguments: ["@message,@logStream", "timestamp,message,logStreamName", "logStream,message"])
    func streamsAreNamed(heading: String) throws {
        let batch =
            "2025-03-02T10:11:12 [TARGET_APPLY    ]I:  Bulk apply operation failed. Trying  (bulk_apply.c:2000)"
        let text = Self.file(heading, [batch], ending: "\n")
        #expect(try read(text, piece: 64).bulkApplyFailures == ["dms-task-ABC": 1])
    }

    /// A heading without messages is none: the file is read line by line.
    @Test func anotherHeadingIsALineOfText() throws {
        let summary = try read("timestamp,messages\n1,\(Self.unload)\n", piece: 64)
        #expect(summary.lines == 2 && summary.truncations.map(\.count) == [1])
    }
}
