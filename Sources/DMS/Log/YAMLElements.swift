/// Divides YAML of CloudWatch into pieces of a few hundred events as it arrives, so that no more than a piece has to be held.
///
/// What belongs to an element of a block sequence is indented further than its `-` (YAML 1.2, 8.2.1), so a `-` at the
/// indentation of a list of events begins the next element, wherever texts are folded.
struct YAMLElements {
    private var splitter = LineSplitter()
    /// Elements of the list that is open, as they stand.
    private var batch: [UInt8] = []
    /// Everything else; a list leaves `[]` in its place.
    private var frame: [UInt8] = []
    /// The indentation of the list that is open; nil where none is.
    private var indentation: Int?
    /// Whether the line before was the key of a list.
    private var isOpening = false
    private var lines = 0
    private var batchStart = 0

    /// Bytes of elements that are read at once: of each node much more than its text is held.
    private static let batchSize = 128 << 10
    /// The most bytes that are held: an event of CloudWatch has 1 MiB at most.
    static let largest = 16 << 20

    /// Takes more bytes and gives the documents that they complete.
    ///
    /// - Throws: ``TruncationLogError`` where it is no YAML, or too much of it would have to be held.
    mutating func take(
        _ bytes: [UInt8], _ documents: ([JSONValue]) throws(TruncationLogError) -> Void
    ) throws(TruncationLogError) {
        var complete: [LineSplitter.Line] = []
        splitter.take(bytes) { complete.append($0) }
        for line in complete { try take(line, documents) }
    }

    /// Ends the log.
    ///
    /// - Throws: ``TruncationLogError`` where it is no YAML.
    mutating func finish(
        _ documents: ([JSONValue]) throws(TruncationLogError) -> Void
    ) throws(TruncationLogError) {
        var last: [LineSplitter.Line] = []
        splitter.finish { last.append($0) }
        for line in last { try take(line, documents) }
        try flush(documents)
        let rest: [JSONValue]
        do {
            rest = try YAMLDocuments.parse(frame)
        } catch {
            // Lines of the frame are not those of the file.
            throw error.withoutLine
        }
        try documents(rest.filter { $0.stringBytes?.isEmpty != true })
    }

    private mutating func take(
        _ line: LineSplitter.Line, _ documents: ([JSONValue]) throws(TruncationLogError) -> Void
    ) throws(TruncationLogError) {
        lines += 1
        guard !line.isCut, batch.count + frame.count <= Self.largest else { throw .yamlTooLarge }
        let mark: [UInt8] = lines == 1 ? [0xEF, 0xBB, 0xBF] : []
        let bytes = line.bytes.starts(with: mark) ? Array(line.bytes.dropFirst(mark.count)) : line.bytes
        let text = bytes.drop { $0 == 0x20 }
        let indentation = bytes.count - text.count
        let isElement = text.starts(with: "- ".utf8)
        let isList = Self.isKeyOfList(text)
        if let open = self.indentation {
            if text.isEmpty || indentation > open { return keep(bytes, in: \.batch) }
            if indentation == open, isElement, !isList {
                if batch.count > Self.batchSize { try flush(documents) }
                return keep(bytes, in: \.batch)
            }
            try flush(documents)
            self.indentation = nil
        }
        if isList {
            isOpening = true
            return keep(bytes + Array(" []".utf8), in: \.frame)
        }
        if isElement, isOpening || indentation == 0 {
            self.indentation = indentation
            batchStart = lines
            isOpening = false
            return keep(bytes, in: \.batch)
        }
        if !text.isEmpty { isOpening = false }
        keep(bytes, in: \.frame)
    }

    private mutating func keep(_ line: [UInt8], in part: WritableKeyPath<YAMLElements, [UInt8]>) {
        self[keyPath: part] += line
        self[keyPath: part].append(UInt8(ascii: "\n"))
    }

    /// Whether a line is the key of a list of events and nothing else, as an element or not.
    private static func isKeyOfList(_ line: ArraySlice<UInt8>) -> Bool {
        var key = line.starts(with: "- ".utf8) ? line.dropFirst(2) : line
        while key.last == 0x20 { key.removeLast() }
        return CloudWatchEvents.lists.contains { name in
            ["", "\"", "'"].contains { key.elementsEqual("\($0)\(name)\($0):".utf8) }
        }
    }

    /// Gives the elements that are held; the list stays open.
    private mutating func flush(
        _ documents: ([JSONValue]) throws(TruncationLogError) -> Void
    ) throws(TruncationLogError) {
        guard !batch.isEmpty else { return }
        let parsed: [JSONValue]
        do {
            parsed = try YAMLDocuments.parse(batch)
        } catch {
            throw error.shifted(lines: batchStart - 1)
        }
        batch = []
        batchStart = lines
        try documents(parsed)
    }
}

extension TruncationLogError {
    /// The same error where what was read stands behind other lines.
    fileprivate func shifted(lines: Int) -> TruncationLogError {
        guard case .notYAML(let line) = self else { return self }
        return .notYAML(line: line.map { $0 + lines })
    }

    fileprivate var withoutLine: TruncationLogError {
        guard case .notYAML = self else { return self }
        return .notYAML(line: nil)
    }
}
