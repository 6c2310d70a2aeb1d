/// Reads a DMS log as it arrives, and recognises its form by its first bytes.
///
/// Text lines, whatever stands before an entry; what the AWS command line prints of CloudWatch (`filter-log-events`,
/// `get-log-events`, `get-query-results`) as JSON or YAML; what the console exports (CSV, JSON); records of subscriptions.
/// Rows of `awsdms_apply_exceptions` and `awsdms_validation_failures_v1` or `_v2`, as psql exports them with a heading or as
/// JSON, are read too. UTF-16 is read as well.
public struct TruncationReader: Sendable {
    private enum Form {
        case undecided, text
        case yaml(YAMLElements)
        case json(JSONElements)
        /// The column of the message, and that of the stream.
        case csv(message: Int, stream: Int?)
        /// Rows of a control table.
        case rows(ControlTableColumns)
    }

    private var form = Form.undecided
    private var held: [UInt8] = []
    private var splitter = LineSplitter()
    private var records = CSVRecords()
    private var utf16: UTF16Text?
    private var hasBegun = false
    private var entries: EntryCollector
    private let mayBeOther: Bool
    /// Whether it is JSON or YAML of something else.
    private var isOther = false

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - source: the name of the file, to say where a batch failed, or that nothing in it looks like DMS.
    ///   - mayBeOther: whether JSON or YAML of something else is a log without entries, as among the files of a folder; else it is
    ///     refused.
    public init(source: String, mayBeOther: Bool = false) {
        entries = EntryCollector(source: source)
        self.mayBeOther = mayBeOther
    }

    /// Takes the next bytes.
    ///
    /// - Throws: ``TruncationLogError/jsonTooLarge``.
    public mutating func take(_ bytes: [UInt8]) throws(TruncationLogError) {
        var bytes = bytes
        if !hasBegun {
            // Two bytes tell UTF-16.
            bytes = held + bytes
            held = []
            guard bytes.count >= UTF16Text.markLength else { return held = bytes }
            hasBegun = true
            utf16 = UTF16Text(begins: bytes)
        }
        bytes = utf16?.take(bytes) ?? bytes
        switch form {
        case .text: takeText(bytes)
        case .csv(let message, let stream): takeRecords(bytes, message, stream)
        case .rows(let columns): records.take(bytes) { entries.takeRow($0, columns) }
        case .json(var elements):
            // One owner only, so that what is held is not copied.
            form = .undecided
            defer { form = .json(elements) }
            try takeElements(bytes, by: &elements)
        case .undecided:
            held += bytes
            try decide(isWhole: false)
        case .yaml(var elements):
            form = .undecided
            defer { form = .yaml(elements) }
            try elements.take(bytes) { documents throws(TruncationLogError) in try takeDocuments(documents) }
        }
    }

    /// Ends the log.
    ///
    /// - Throws: ``TruncationLogError`` where it is CloudWatch JSON and cannot be understood.
    public mutating func finish() throws(TruncationLogError) -> TruncationSummary {
        if case .undecided = form { try decide(isWhole: true) }
        switch form {
        case .json(let elements): try elements.finish()
        case .yaml(var elements):
            try elements.finish { documents throws(TruncationLogError) in try takeDocuments(documents) }
        case .csv(let message, let stream):
            records.finish { entries.takeRecord($0, message, stream) }
        case .rows(let columns): records.finish { entries.takeRow($0, columns) }
        case .text, .undecided: splitter.finish { entries.take($0) }
        }
        // What has events and something else is a log of which a part cannot be read.
        guard !isOther || entries.summary.lines == 0 else { throw .noEvents }
        let isControlTable = if case .rows = form { true } else { false }
        return entries.finish(isControlTable: isControlTable)
    }

    /// The most bytes of a heading.
    private static let longestHeading = 4096

    /// Finds out what the log is from its first bytes, where they are enough.
    private mutating func decide(isWhole: Bool) throws(TruncationLogError) {
        guard let isJSON = Self.looksLikeJSON(held) ?? (isWhole ? false : nil) else { return }
        guard !isJSON else {
            var elements = JSONElements()
            let bytes = held
            held = []
            defer { form = .json(elements) }
            return try takeElements(bytes, by: &elements)
        }
        guard let isYAML = YAMLDocuments.begin(held, isWhole: isWhole) else { return }
        guard !isYAML else {
            var elements = YAMLElements()
            let bytes = held
            held = []
            defer { form = .yaml(elements) }
            return try elements.take(bytes) { documents throws(TruncationLogError) in
                try takeDocuments(documents)
            }
        }
        let line = held.prefix(Self.longestHeading).firstIndex(of: UInt8(ascii: "\n"))
        guard isWhole || line != nil || held.count >= Self.longestHeading else { return }
        let bytes = held
        held = []
        if let columns = line.flatMap({ Self.columns(of: bytes[..<$0]) }), let line {
            form = .csv(message: columns.message, stream: columns.stream)
            takeRecords(Array(bytes[(line + 1)...]), columns.message, columns.stream)
        } else if let columns = line.flatMap({ ControlTableColumns(heading: bytes[..<$0]) }), let line {
            form = .rows(columns)
            records = CSVRecords()
            records.take(bytes[(line + 1)...]) { entries.takeRow($0, columns) }
        } else {
            form = .text
            takeText(bytes)
        }
    }

    /// The columns of a heading that CloudWatch exports: `@timestamp,@message` of Logs Insights, `timestamp,message` of its list
    /// of events; nil for any other line.
    private static func columns(of heading: ArraySlice<UInt8>) -> (message: Int, stream: Int?)? {
        var (records, names) = (CSVRecords(), [[UInt8]]())
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        records.take(heading.starts(with: mark) ? heading.dropFirst(mark.count) : heading) { _ in }
        records.finish { names = $0 }
        let place = { (known: [String]) in
            known.lazy.compactMap { name in names.firstIndex { $0.elementsEqual(name.utf8) } }.first
        }
        guard let message = place(["@message", "message"]) else { return nil }
        return (message, place(["@logStream", "logStreamName", "logStream"]))
    }

    private mutating func takeText(_ bytes: [UInt8]) {
        splitter.take(bytes) { entries.take($0) }
    }

    private mutating func takeRecords(_ bytes: [UInt8], _ message: Int, _ stream: Int?) {
        records.take(bytes) { entries.takeRecord($0, message, stream) }
    }

    /// Whether the first bytes are JSON: `{`, or `[` before an element; `[SOURCE_CAPTURE  ]W:` is a text log.
    ///
    /// nil where too few bytes are known.
    private static func looksLikeJSON(_ bytes: [UInt8]) -> Bool? {
        let text = bytes.drop { $0 == 0x20 || (0x09...0x0D).contains($0) || [0xEF, 0xBB, 0xBF].contains($0) }
        guard let first = text.first else { return nil }
        guard first == UInt8(ascii: "[") else { return first == UInt8(ascii: "{") }
        let second = text.dropFirst().first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
        return second.map { byte in "{[]\"".utf8.contains(byte) }
    }

    private mutating func takeElements(
        _ bytes: [UInt8], by elements: inout JSONElements
    ) throws(TruncationLogError) {
        try elements.take(bytes) { part throws(TruncationLogError) in
            switch part {
            case .document(let json): try takeDocuments([json])
            case .element(let json, let stream):
                guard !entries.takeRow(json) else { return }
                let event = CloudWatchEvents.event(json, stream: stream)
                entries.takeEvent(event.message, stream: event.stream)
            }
        }
    }

    private mutating func takeDocuments(_ documents: [JSONValue]) throws(TruncationLogError) {
        for document in documents where !entries.takeRow(document) {
            let isLog = CloudWatchEvents.read(document) { event in
                entries.takeEvent(event.message, stream: event.stream)
            }
            guard isLog || mayBeOther else { throw .noEvents }
            isOther = isOther || !isLog
        }
    }
}

/// Why a log could not be read.
public enum TruncationLogError: Error, Hashable, Sendable, CustomStringConvertible {
    case jsonTooLarge
    case yamlTooLarge
    case notJSON(JSONError)
    /// With the line, counted from 1, where it is known.
    case notYAML(line: Int?)
    case noEvents

    /// What is wrong, to follow the file's name.
    public var description: String {
        switch self {
        case .jsonTooLarge:
            "log is JSON in which more than \(JSONElements.largest) bytes hang together\n"
                + "hint: give the output of filter-log-events or get-log-events"
        case .yamlTooLarge:
            "log is YAML in which more than \(YAMLElements.largest) bytes hang together\n"
                + "hint: use --output text or json"
        case .notYAML(let line):
            "log looks like YAML, but is not valid" + (line.map { ": line \($0)" } ?? "")
                + "\nhint: use --output text or json"
        case .notJSON(let error): "log looks like JSON, but is not valid: \(error)"
        case .noEvents:
            "log is JSON or YAML without events or results\n"
                + "hint: use the output of filter-log-events, get-log-events or get-query-results, or what the console exports"
        }
    }
}
