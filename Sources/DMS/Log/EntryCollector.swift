/// Puts the lines of a log together into entries and counts what they say.
struct EntryCollector {
    private let source: String
    private(set) var summary = TruncationSummary()
    /// A truncation whose line ended before it was complete.
    private var unfinished: [UInt8] = []
    private var unfinishedLines = 0
    /// The table of the last statement that failed, and who said so.
    private var statement: (table: RelationName, source: String, component: String?)?

    /// The most lines that one truncation is spread over.
    private static let mostLines = 4

    init(source: String) {
        self.source = source
    }

    /// Takes the next line of a text log.
    mutating func take(_ line: LineSplitter.Line) {
        summary.lines += 1
        if line.isCut { summary.overlongLines += 1 }
        let bytes = Self.withoutColours(line.bytes)
        let entry = LogEntry(bytes)
        if !unfinished.isEmpty {
            if !entry.hasHeader, !entry.beginsTruncation { return takeContinuation(bytes) }
            dropUnfinished()
        }
        takeJoined(entry, source: source)
    }

    /// Takes an entry, and those that stand behind it in the same line.
    private mutating func takeJoined(_ entry: LogEntry, source: String) {
        var entry = entry
        while let (first, rest) = entry.joined {
            summary.add(first)
            summary.entries += 1
            entry = LogEntry(rest)
        }
        take(entry, source: source)
    }

    /// The line without the sequences that colour it on a terminal: ESC, `[`, digits and semicolons, a letter.
    private static func withoutColours(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(0x1B) else { return bytes }
        var plain: [UInt8] = []
        var cursor = ByteCursor(bytes)
        while !cursor.isAtEnd {
            if cursor.take("\u{1B}[") {
                _ = cursor.takeAll { (0x30...0x3F).contains($0) }
                cursor.skip()
            } else {
                plain.append(bytes[cursor.position])
                cursor.skip()
            }
        }
        return plain
    }

    /// Takes one event of CloudWatch, which is one entry: a line break in it is a wrapped line or part of a
    /// value, so nothing behind it can begin another entry.
    mutating func takeEvent(_ message: [UInt8], stream: String?) {
        summary.lines += 1
        var text = message[...]
        while let last = text.last, last == 0x0A || last == 0x0D || last == 0x20 { text.removeLast() }
        takeJoined(LogEntry(Array(text)), source: stream ?? source)
        dropUnfinished()
    }

    /// Takes a record of CSV, whose message is one entry.
    mutating func takeRecord(_ fields: [[UInt8]], _ message: Int, _ stream: Int?) {
        guard fields.indices.contains(message) else { return }
        let name = stream.flatMap { fields.indices.contains($0) ? fields[$0] : nil }
        takeEvent(fields[message], stream: name.map { String(decoding: $0, as: UTF8.self) })
    }

    /// Takes a row of a control table.
    mutating func takeRow(_ fields: [[UInt8]], _ columns: ControlTableColumns) {
        // psql ends what is not CSV with `(3 rows)`.
        let isFooter = fields.count == 1 && (fields[0].isEmpty || fields[0].first == UInt8(ascii: "("))
        guard !isFooter else { return }
        summary.lines += 1
        takeRow(ControlTableRow(fields, columns))
    }

    /// Takes a row of a control table that is an object; whether it is one.
    mutating func takeRow(_ json: JSONValue) -> Bool {
        guard ControlTableRow.isRow(json) else { return false }
        summary.lines += 1
        takeRow(ControlTableRow(json))
        return true
    }

    private mutating func takeRow(_ row: ControlTableRow?) {
        guard let row, summary.controlTables.add(row) else {
            summary.notUnderstood += 1
            return
        }
        summary.entries += 1
    }

    /// Ends the log.
    ///
    /// - Parameter isControlTable: whether it is a control table, which may be empty.
    mutating func finish(isControlTable: Bool) -> TruncationSummary {
        dropUnfinished()
        summary.logs.add(source, isOfDMS: isControlTable || summary.entries > 0)
        return summary
    }

    private mutating func take(_ entry: LogEntry, source: String) {
        if entry.component != nil || entry.beginsTruncation { summary.entries += 1 }
        let table = takeStatement(before: entry, source: source)
        if let event = entry.truncation {
            summary.add(event)
        } else if entry.beginsTruncation {
            (unfinished, unfinishedLines) = (entry.text, 1)
        } else if let failure = FailureEntry(entry) {
            take(failure, of: entry, table: table, source: source)
        } else if entry.mentionsTruncation {
            summary.notUnderstood += 1
        }
    }

    /// The table of the statement that failed right before an entry; nil where none did.
    ///
    /// The entry right behind a statement says what was wrong with it; only other components and tasks write in between.
    /// Whatever it says, what comes later is of another statement, so that a refusal never gets the table of one that failed for
    /// another reason.
    private mutating func takeStatement(before entry: LogEntry, source: String) -> RelationName? {
        guard let last = statement, last.source == source, last.component == entry.component else {
            return nil
        }
        statement = nil
        return last.table
    }

    private mutating func take(
        _ failure: FailureEntry, of entry: LogEntry, table: RelationName?, source: String
    ) {
        switch failure {
        case .batch: summary.bulkApplyFailures[source, default: 0] += 1
        case .statement(let table): statement = (table, source, entry.component)
        case .load: summary.add(.load, of: nil)
        case .table(let table): summary.add(.table, of: table)
        case .malformedValue: summary.add(.malformedValue, of: table)
        case .noRow: summary.add(.noRow, of: table)
        }
    }

    private mutating func takeContinuation(_ bytes: [UInt8]) {
        unfinished += [UInt8(ascii: "\n")] + bytes
        unfinishedLines += 1
        if let event = LogEntry(unfinished).truncation {
            summary.add(event)
            unfinished = []
        } else if unfinishedLines == Self.mostLines || unfinished.count > LineSplitter.longestLine {
            dropUnfinished()
        }
    }

    private mutating func dropUnfinished() {
        if !unfinished.isEmpty { summary.notUnderstood += 1 }
        unfinished = []
    }
}
