import DMS
import Testing

/// Entries of DMS are found wherever logs are kept, and nowhere else.
struct LogContainerTests {
    private static let capture =
        "2025-03-02T10:11:12 [SOURCE_CAPTURE  ]W:  Value of column 'doc' in table 'shop.order' was truncated to 32768 bytes, "
        + "actual length: 100010 bytes  (postgres_pglogical.c:2550)"
    private static let unload =
        "2025-03-02T10:11:14 [SOURCE_UNLOAD   ]W:  Value of column 'msg' in table 'shop.chat' was truncated to 32768 bytes, "
        + "actual length: 45000 bytes  (postgres_endpoint_unload.c:1072)"

    private func read(_ bytes: [UInt8], piece: Int = .max) throws -> TruncationSummary {
        var reader = TruncationReader(source: "log")
        for start in stride(from: 0, to: bytes.count, by: min(piece, max(1, bytes.count))) {
            try reader.take(Array(bytes[start..<min(bytes.count, start + min(piece, bytes.count))]))
        }
        return try reader.finish()
    }

    private func read(_ text: String) throws -> TruncationSummary { try read(Array(text.utf8)) }

    private static func quoted(_ text: String) -> String {
        String(decoding: JSONValue.text(text).compactBytes.dropLast(), as: UTF8.self)
    }

    private static let record = """
        {"messageType": "DATA_MESSAGE", "logGroup": "dms-tasks-x", "logStream": "dms-task-A", "logEvents": [
          {"id": "1", "timestamp": 1, "message": \(quoted(capture))}, {"id": "2", "timestamp": 1, "message": \(quoted(unload))}]}
        """

    /// Each holds both entries once.
    private static let containers = [
        "\(capture)\n\(unload)\n", "\(capture)\t\(unload)\n", "\(capture)  \(unload)",
        [capture, unload].map { "2025-03-02T10:11:12.345000+00:00 dms-task-ABC \($0)\n" }.joined(),
        [capture, unload].map { "2025-03-02T10:11:12.000Z \($0)\n" }.joined(),
        [capture, unload].map { "dms-tasks-x dms-task-ABC 2025-03-02T10:11:12.345Z \($0)\n" }.joined(),
        [capture, unload].map { "task.log:17:\($0)\n" }.joined(),
        [capture, unload].map {
            "\u{1B}[32m2025-03-02T10:11:12+00:00\u{1B}[0m \u{1B}[36mdms-task\u{1B}[0m \($0)\n"
        }.joined(),
        capture.replacing("12 [", with: "12Z [") + "\n" + unload.replacing("14 [", with: "14+00:00 [") + "\n",
        capture.replacing("02T10", with: "02 10") + "\r\n"
            + unload.replacing("14 [", with: "14.123456+0000 [") + "\r\n",
        "@timestamp,@message\n2025-03-02 10:11:12.000,\"\(capture)\"\n2025-03-02 10:11:14.000,\"\(unload)\"\n",
        "\u{FEFF}\"@message\",@logStream\r\n\"\(capture)\",dms-task-A\r\n\"\(unload)\",dms-task-A",
        "[\(quoted(capture)), \(quoted(unload))]", record,
        record.replacing("  ", with: "") + "{\"logEvents\": []}",
        "[{\"@timestamp\": \"x\", \"@message\": \(quoted(capture))}, {\"@message\": \(quoted(unload)), \"@logStream\": \"s\"}]",
        "[[{\"field\": \"@message\", \"value\": \(quoted(capture))}], [{\"field\": \"@message\", \"value\": \(quoted(unload))}]]",
        "{\"message\": \(quoted(capture))}{\"message\": \(quoted(unload))}",
        "{\"events\": [{\"message\": \(quoted(capture))}]}\n\n{\"events\": [{\"message\": \(quoted(unload))}]}\n",
    ]

    @Test(arguments: containers) func entriesAreFoundInEveryContainer(text: String) throws {
        for piece in [Int.max, 1, 7, 512] {
            let summary = try read(Array(text.utf8), piece: piece)
            #expect(summary.truncations.map(\.place.text) == ["shop.order.doc", "shop.chat.msg"])
            #expect(summary.truncations.map(\.count) == [1, 1])
            #expect(summary.truncations.map(\.largestLength) == [ByteCount(100_010), ByteCount(45_000)])
            #expect(summary.truncations.map(\.components) == [["SOURCE_CAPTURE"], ["SOURCE_UNLOAD"]])
            #expect(summary.notUnderstood == 0 && summary.entries == 2)
        }
    }

    /// Events are taken out of JSON as it arrives; what is wrong in it is still told with its place in the file.
    @Test(arguments: [
        "{\"events\": [{\"message\": \"a\"},\n {\"message\": \"b\"}\n {\"message\": \"c\"}]}",
        "{\"events\": [{\"message\": \"a\"},\n {\"message\": \"b\", }], \"x\": 1}", "[\"a\",\n\"b\",\n]",
        "[\"a\" \"b\"]",
        "[{\"message\": \"a\"},, {\"message\": \"b\"}]", "[\"a\", 1, \"b\": \"c\"]", "[\"a\" x, \"b\"]",
        "{\"events\": [{\"message\": \"a\"},\n\n{\"message\": \"b\"}\n", "[{\"message\": \"a\"}]]",
        "{\"events\": [\"a\", tru]}",
        "{\"logEvents\": [{\"message\": \"a\", \"message\": \"b\"}]}", "{\"events\": [}",
        "{\"message\": \"a\"}\n{\"message\": \"b\"",
    ])
    func brokenJSONIsToldWithItsPlace(text: String) throws {
        for piece in [Int.max, 1, 7] {
            #expect {
                try read(Array(text.utf8), piece: piece)
            } throws: { error in
                guard case .notJSON(let found)? = error as? TruncationLogError else { return false }
                let whole = #expect(throws: JSONError.self) {
                    try JSONValue.sequence(parsing: Array(text.utf8))
                }
                return found == whole
            }
        }
    }

    /// Whatever happens to a container, it is read whole or refused, as a parser of the whole file would.
    @Test func changedContainersAreReadOrRefused() throws {
        var generator = SystemRandomNumberGenerator()
        let documents = Self.containers.filter { $0.utf8.first == UInt8(ascii: "{") }.map { Array($0.utf8) }
        for _ in 0..<4000 {
            var bytes = try #require(documents.randomElement(using: &generator))
            let place = Int.random(in: 1..<bytes.count, using: &generator)
            switch Int.random(in: 0...2, using: &generator) {
            case 0: bytes[place] = try #require("{}[]\",:\\x 0".utf8.randomElement(using: &generator))
            case 1: bytes.remove(at: place)
            default: bytes.removeSubrange(place...)
            }
            let isJSON = (try? JSONValue.sequence(parsing: bytes)) != nil
            if !isJSON {
                #expect(throws: TruncationLogError.self, "\(String(decoding: bytes, as: UTF8.self))") {
                    try read(bytes, piece: 100)
                }
            }
            guard isJSON else { continue }
            do {
                _ = try read(bytes, piece: 100)
            } catch {
                #expect(
                    error as? TruncationLogError == .noEvents, "\(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    /// What `aws logs ... --output yaml` and `yaml-stream` print: texts are quoted and folded.
    private static let yaml = [
        """
        events:
        - eventId: '1'
          ingestionTime: 1
          logStreamName: dms-task-A
          message: '\(folded(capture, "'"))'
          timestamp: 1666358647000
        - eventId: '2'
          message: '\(folded(unload, "'"))'
        searchedLogStreams: []

        """,
        """
        - events:
          - message: "\(folded(capture, "\""))"
            timestamp: 1666358647000
          nextForwardToken: f/1
        - events:
          - message: "\(folded(unload, "\""))"
        """,
        "---\nevents:\n- message: \"\(capture)\"\n---\nevents:\n- message: \"\(unload)\\n\"\n",
        "- \"\(folded(capture, "\""))\"\n- '\(folded(unload, "'"))'\n",
        """
        results:
        - - field: '@timestamp'
            value: 2025-03-02 10:11:12.000
          - field: '@message'
            value: "\(capture)"
        - - field: '@message'
            value: "\(unload)"
        statistics:
          recordsMatched: 2.0
        """,
        "\u{FEFF}\"events\":\r\n- \"message\": \"\(capture)\"\r\n- \"message\": \"\(unload)\"\r\n",
    ]

    /// A text as libyaml folds it, with quotation marks of its own doubled.
    private static func folded(_ text: String, _ quote: String) -> String {
        let own = quote == "'" ? text.replacing("'", with: "''") : text
        return own.replacing(" in table", with: "\n    in table").replacing(", actual", with: ",\n    actual")
    }

    @Test(arguments: yaml) func yamlOfTheCommandLineIsRead(text: String) throws {
        try entriesAreFoundInEveryContainer(text: text)
    }

    /// Long YAML is read in pieces: no event is lost where one ends, and what is wrong is told with its line.
    @Test(arguments: ["", "  "]) func longYAMLIsReadInPieces(indentation: String) throws {
        let event =
            "\(indentation)- message: '\(Self.folded(Self.capture, "'"))\n\n\(indentation)    '\n\(indentation)  eventId: x\n"
        let page = "events:\n" + String(repeating: event, count: 1500) + "nextToken: '- events:'\n"
        #expect(try read(page).truncations.map(\.count) == [1500])
        let pages = page.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let stream = String(repeating: "- " + pages.joined(separator: "\n  ") + "\n", count: 2)
        #expect(try read(stream).truncations.map(\.count) == [3000])
        // Six lines for each event, behind the key of the list.
        let broken = page.replacing("nextToken: '- events:'", with: "\(indentation)- \"\\q\"")
        #expect(throws: TruncationLogError.notYAML(line: 9002)) { try read(broken) }
    }

    @Test func yamlThatIsBrokenOrRepeatsItselfIsRefused() throws {
        for text in ["events:\n- message: \"x\n", "events: &a\n- *a\n- [*a, *a]\n", "nextToken: x\n"] {
            #expect(throws: TruncationLogError.self) { try read(text) }
        }
        let deep = "events: " + String(repeating: "[", count: 100_000)
        #expect(throws: TruncationLogError.self) { try read(deep) }
        // Aliases that name each other grow without end: ten lines of them would be a million events.
        let bomb = (1...9).reduce("events: &e0 [x]\n") { text, level in
            text
                + "nextToken\(level): &e\(level) [\(Array(repeating: "*e\(level - 1)", count: 10).joined(separator: ", "))]\n"
        }
        #expect(throws: TruncationLogError.self) { try read(bomb) }
        // Text that looks like neither is text.
        #expect(try read("--- a log\n\(Self.capture)\n").entries == 1)
        #expect(try read("- \(Self.capture)\n").entries == 1)
    }

    @Test(arguments: [false, true]) func utf16IsRead(isBigEndian: Bool) throws {
        let text = "\u{FEFF}\(Self.capture)\r\n\(Self.unload.replacing("chat", with: "ch\u{1F4AC}t"))\r\n"
        let bytes = text.utf16.flatMap { unit -> [UInt8] in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return isBigEndian ? [high, low] : [low, high]
        }
        for piece in [Int.max, 1, 3, 64] {
            let places = try read(bytes, piece: piece).truncations.map(\.place.text)
            #expect(places == ["shop.order.doc", "shop.ch\u{1F4AC}t.msg"])
        }
    }

    /// What a row or a name holds is no entry, wherever it stands in the line.
    @Test func whatARowOrANameHoldsIsNoEntry() throws {
        let statement =
            "2025-03-02T10:11:12 [TARGET_APPLY    ]E:  Failed to execute statement: 'UPDATE x SET y = '\(Self.capture)'"
        #expect(try read(statement).truncations == [])
        #expect(try read("some.file:3:\(statement)").truncations == [])
        // The shortest name that imitates the end of an entry and the beginning of the next.
        let name = "x' in table 'y.z' was truncated to 5 [A]W:Value of column 'c"
        #expect(name.utf8.count <= 63)
        let summary = try read(
            "[SOURCE_UNLOAD   ]W:  Value of column '\(name)' in table 's.t' was truncated to 32768 bytes, actual length: "
                + "40000 bytes  (postgres_endpoint_unload.c:1072)")
        #expect(summary.truncations.map(\.limit) == [ByteCount(32_768)])
        #expect(summary.truncations.first?.place.readings.contains { $0.column == Identifier(name) } == true)
    }

    /// A text in which nothing looks like DMS has no entries; failures beside truncations are counted.
    @Test func entriesAndFailuresAreCounted() throws {
        #expect(try read("GET / 200\nINFO started\n").entries == 0)
        #expect(try read("").entries == 0)
        let summary = try read(
            """
            2025-03-02T10:11:12 [TARGET_LOAD     ]E:  Command failed to load data with exit error code 0 and exitwhy 1 [1020403]  (csv_target.c:1018)
            2025-03-02T10:11:12 [TARGET_APPLY    ]E:  Failed to execute statement: 'UPDATE "s"."t" SET "doc"=? WHERE "id"=?' [1022502]
            2025-03-02T10:11:12 [TARGET_APPLY    ]E:  RetCode: SQL_ERROR  SqlState: 22P02 NativeError: 1 Message: ERROR: invalid input syntax for type json;
            2025-03-02T10:11:12 [TARGET_APPLY    ]E:  RetCode: SQL_ERROR  SqlState: 23505 NativeError: 1 Message: ERROR: duplicate key;
            """)
        #expect(summary.entries == 4 && summary.failures == [.load: 1, .malformedValue: 1])
        // The statement is followed by what was wrong with it.
        #expect(summary.failuresByTable == [Self.table("s", "t"): [.malformedValue: 1]])
        #expect(summary.truncations == [])
    }

    private static func table(_ schema: String, _ name: String) -> RelationName {
        RelationName(schema: Identifier(schema), name: Identifier(name))
    }

    /// Entries of the target name the table in a place where no value of a row can stand.
    @Test func failuresNameTheirTables() throws {
        let summary = try read(
            """
            2025-03-02T10:11:12 [TASK_MANAGER    ]W:  Table 'shop'.'order' was errored/suspended (subtask 1 thread 1)
            2025-03-02T10:11:12 [TARGET_LOAD     ]E:  Handling End of table 'shop'.'it''s' loading failed by subtask 1 thread 1
            2025-03-02T10:11:12 [TARGET_APPLY    ]E:  Failed to execute statement: 'INSERT INTO "a.b"."c ""d\""" values (?)' [1022502]
            2025-03-02T10:11:12 [SORTER          ]I:  a line of another component in between  (sorter.c:1)
            2025-03-02T10:11:12 [TARGET_APPLY    ]E:  RetCode: SQL_ERROR  SqlState: 22P02 NativeError: 1 Message: x
            2025-03-02T10:11:12 [TARGET_APPLY    ]E:  RetCode: SQL_ERROR  SqlState: 2200M NativeError: 1 Message: x
            2025-03-02T10:11:12 [TARGET_APPLY    ]W:  0 rows affected, in 'malformed JSON' of a value
            2025-03-02T10:11:12 [TARGET_APPLY    ]E:  Error: malformed JSON  (ar_odbc_stmt.c:1)
            2025-03-02T10:11:12 [SOURCE_CAPTURE  ]E:  0 rows affected says nothing here
            Table 'a'.'value' was errored/suspended is no entry
            """)
        #expect(summary.failures == [.table: 2, .malformedValue: 3, .noRow: 1])
        #expect(
            summary.failuresByTable == [
                Self.table("shop", "order"): [.table: 1], Self.table("shop", "it's"): [.table: 1],
                Self.table("a.b", "c \"d\""): [.malformedValue: 1],
            ])
        #expect(summary.notUnderstood == 0)
    }
}
