/// Puts the lines of a log together into entries and counts what they say.
struct EntryCollector {
    private let source: String
    private(set) var summary = TruncationSummary()
    /// A truncation whose line ended before it was complete.
    private var unfinished: [UInt8] = []
    private var unfinishedLines = 0

    /// The most lines that one truncation is spread over.
    private static let mostLines = 4

    init(source: String) {
        self.source = source
    }

    /// Takes the next line of a text log.
    mutating func take(_ line: LineSplitter.Line) {
        summary.lines += 1
        if line.isCut { summary.overlongLines += 1 }
        let entry = LogEntry(line.bytes)
        if !unfinished.isEmpty {
            if !entry.hasHeader, !entry.beginsTruncation { return takeContinuation(line.bytes) }
            dropUnfinished()
        }
        take(entry, line.bytes, source: source)
    }

    /// Takes one event of CloudWatch, which is one entry: a line break in it is a wrapped line or part of a
    /// value, so nothing behind it can begin another entry.
    mutating func takeEvent(_ message: [UInt8], stream: String?) {
        summary.lines += 1
        var text = message[...]
        while let last = text.last, last == 0x0A || last == 0x0D || last == 0x20 { text.removeLast() }
        take(LogEntry(Array(text)), Array(text), source: stream ?? source)
        dropUnfinished()
    }

    /// Ends the log.
    mutating func finish() -> TruncationSummary {
        dropUnfinished()
        return summary
    }

    private mutating func take(_ entry: LogEntry, _ bytes: [UInt8], source: String) {
        if let event = entry.truncation {
            summary.add(event)
        } else if entry.beginsTruncation {
            (unfinished, unfinishedLines) = (bytes, 1)
        } else if entry.isBulkApplyFailure {
            summary.bulkApplyFailures[source, default: 0] += 1
        } else if entry.mentionsTruncation {
            summary.notUnderstood += 1
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
