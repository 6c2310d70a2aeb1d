/// Reads a DMS log as it arrives: text lines, or what the AWS command line prints of CloudWatch
/// (`filter-log-events`, `get-log-events`, `get-query-results`), recognised by its first bytes.
public struct TruncationReader: Sendable {
    /// The most bytes of CloudWatch JSON that are read: it must be held as a whole.
    public static let largestJSON = 256 << 20

    private enum Form {
        case undecided, text, json
    }

    private var form = Form.undecided
    private var held: [UInt8] = []
    private var splitter = LineSplitter()
    private var entries: EntryCollector

    /// Creates a reader.
    ///
    /// - Parameter source: the name of the file, to say where a batch failed.
    public init(source: String) {
        entries = EntryCollector(source: source)
    }

    /// Takes the next bytes.
    ///
    /// - Throws: ``TruncationLogError/jsonTooLarge``.
    public mutating func take(_ bytes: [UInt8]) throws(TruncationLogError) {
        if form == .text { return takeText(bytes) }
        guard held.count + bytes.count <= Self.largestJSON else { throw .jsonTooLarge }
        held += bytes
        if form == .undecided, let isJSON = Self.looksLikeJSON(held) {
            form = isJSON ? .json : .text
            if !isJSON {
                takeText(held)
                held = []
            }
        }
    }

    /// Ends the log.
    ///
    /// - Throws: ``TruncationLogError`` where it is CloudWatch JSON and cannot be understood.
    public mutating func finish() throws(TruncationLogError) -> TruncationSummary {
        if form == .json { try takeEvents() } else { takeText(held) }
        splitter.finish { entries.take($0) }
        return entries.finish()
    }

    private mutating func takeText(_ bytes: [UInt8]) {
        splitter.take(bytes) { entries.take($0) }
    }

    /// Whether the first bytes are JSON: `{`, or `[` before an element; `[SOURCE_CAPTURE  ]W:` is a text log.
    ///
    /// nil where too few bytes are known.
    private static func looksLikeJSON(_ bytes: [UInt8]) -> Bool? {
        let text = bytes.drop { $0 == 0x20 || (0x09...0x0D).contains($0) || [0xEF, 0xBB, 0xBF].contains($0) }
        guard let first = text.first else { return nil }
        guard first == UInt8(ascii: "[") else { return first == UInt8(ascii: "{") }
        let second = text.dropFirst().first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
        return second.map { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }
    }

    private mutating func takeEvents() throws(TruncationLogError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: held)
        } catch {
            // Several documents, one a line, as pagers of the AWS command line write them.
            guard error.reason == .textAfterValue else { throw .notJSON(error) }
            return try takeDocumentsByLine()
        }
        try takeDocument(json)
    }

    private mutating func takeDocumentsByLine() throws(TruncationLogError) {
        for line in held.split(separator: UInt8(ascii: "\n")) where line.contains(where: { $0 > 0x20 }) {
            let json: JSONValue
            do {
                json = try JSONValue(parsing: Array(line))
            } catch {
                throw .notJSON(error)
            }
            try takeDocument(json)
        }
    }

    private mutating func takeDocument(_ json: JSONValue) throws(TruncationLogError) {
        if let events = json["events"]?.elements ?? json.elements {
            for event in events { takeEvent(event) }
        } else if let results = json["results"]?.elements {
            for row in results { takeResult(row) }
        } else if json["message"] != nil {
            takeEvent(json)
        } else {
            throw .noEvents
        }
    }

    private mutating func takeEvent(_ event: JSONValue) {
        entries.takeEvent(event["message"]?.stringBytes ?? [], stream: event["logStreamName"]?.word)
    }

    /// A row of Logs Insights: a list of fields with their values.
    private mutating func takeResult(_ row: JSONValue) {
        let field = { (name: String) in
            (row.elements ?? []).first { $0["field"]?.word == name }?["value"]
        }
        entries.takeEvent(field("@message")?.stringBytes ?? [], stream: field("@logStream")?.word)
    }
}

/// Why a log could not be read.
public enum TruncationLogError: Error, Hashable, Sendable, CustomStringConvertible {
    case jsonTooLarge
    case notJSON(JSONError)
    case noEvents

    /// What is wrong, to follow the file's name.
    public var description: String {
        switch self {
        case .jsonTooLarge:
            "log is JSON of more than \(TruncationReader.largestJSON) bytes\nhint: ask for a shorter period"
        case .notJSON(let error): "log begins like JSON but is none: \(error)"
        case .noEvents:
            "log is JSON without events or results\n"
                + "hint: use the output of filter-log-events, get-log-events or get-query-results"
        }
    }
}
