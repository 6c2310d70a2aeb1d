/// Divides JSON of CloudWatch into its events as it arrives, so that one event at a time has to be held, and not the whole log.
///
/// An event that was taken leaves a `0` in its place, so that what is around the events is still checked as JSON.
struct JSONElements {
    /// What is taken out.
    enum Part {
        /// An element of a list of events, and the stream that the list's document names before it.
        case element(JSONValue, stream: String?)
        /// A document without such a list.
        case document(JSONValue)
    }

    /// An array or object that is open.
    private struct Frame {
        let isObject: Bool
        /// Whether its elements are taken out.
        let isList: Bool
        /// Whether a list in it gave its elements: then it is not given itself.
        var hasList = false
        /// Whether the next string of an object is a key.
        var expectsKey = true
        var key: [UInt8] = []
        /// Where the element of a list begins; nil where none has begun since the last comma.
        var start: Int?
        /// Where the `0` of the element before is held.
        var previous: Int?
        var stream: String?
    }

    private var held: [UInt8] = []
    private var frames: [Frame] = []
    private var isString = false
    private var isEscaped = false
    private var stringStart = 0
    /// Bytes and lines that are no longer held.
    private var removed = (bytes: 0, lines: 0)

    /// The most bytes that are held: an event of CloudWatch has 1 MiB at most.
    static let largest = 64 << 20

    /// Takes more bytes and gives every part that they complete.
    ///
    /// - Throws: ``TruncationLogError`` where it is no JSON, or too much of it would have to be held.
    mutating func take(
        _ bytes: [UInt8], _ part: (Part) throws(TruncationLogError) -> Void
    ) throws(TruncationLogError) {
        var rest = bytes[...]
        while let byte = rest.first {
            guard isString, !isEscaped else {
                held.append(byte)
                rest = rest.dropFirst()
                if isString { isEscaped = false } else { try takeStructure(byte, part) }
                continue
            }
            // Nearly all bytes of a log are within strings.
            let end = rest.firstIndex { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
            held += rest[..<(end ?? rest.endIndex)]
            guard let end else { break }
            held.append(rest[end])
            isEscaped = rest[end] == UInt8(ascii: "\\")
            rest = rest[(end + 1)...]
            guard !isEscaped else { continue }
            isString = false
            endString()
            try endValue(part)
        }
        guard held.count <= Self.largest else { throw .jsonTooLarge }
    }

    /// Ends the log.
    ///
    /// - Throws: ``TruncationLogError/notJSON(_:)`` where something is open.
    func finish() throws(TruncationLogError) {
        if held.contains(where: { !Self.isSpace($0) }) { _ = try documents() }
    }

    private mutating func takeStructure(
        _ byte: UInt8, _ part: (Part) throws(TruncationLogError) -> Void
    ) throws(TruncationLogError) {
        switch byte {
        case UInt8(ascii: "\""):
            try beginValue()
            (isString, stringStart) = (true, held.count)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            try beginValue()
            let isObject = byte == UInt8(ascii: "{")
            frames.append(Frame(isObject: isObject, isList: !isObject && opensList))
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            guard let closed = frames.popLast() else { throw failure() }
            if closed.isList, !frames.isEmpty { frames[frames.count - 1].hasList = true }
            try endValue(isTaken: closed.hasList || closed.isList, part)
        case UInt8(ascii: ","): endElement()
        case UInt8(ascii: ":"): if !frames.isEmpty { frames[frames.count - 1].expectsKey = false }
        default: break
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// Whether an array that opens here is a list of events: the document itself, or the list of an answer.
    private var opensList: Bool {
        guard let parent = frames.last else { return true }
        let isAnswer = frames.count == 1 || (frames.count == 2 && frames[0].isList)
        return isAnswer && parent.isObject
            && CloudWatchEvents.lists.contains { parent.key.elementsEqual($0.utf8) }
    }

    private mutating func beginValue() throws(TruncationLogError) {
        guard let last = frames.indices.last, frames[last].isList else { return }
        guard frames[last].start == nil else { throw failure() }
        if let previous = frames[last].previous {
            if !isComma(between: previous, and: held.count - 1) {
                // A number is no event but right; for anything else the parser stops before what begins here.
                let failure = failure()
                guard case .notJSON(let error) = failure, error.reason == .unexpectedEnd else {
                    throw failure
                }
            }
            // What is around the element before says nothing more.
            drop(from: previous, leaving: held.suffix(1))
        }
        frames[last].start = held.count - 1
    }

    /// Whether one comma and nothing else divides two elements.
    private func isComma(between previous: Int, and next: Int) -> Bool {
        let between = held[(previous + 1)..<next].filter { !Self.isSpace($0) }
        return between.elementsEqual(",".utf8)
    }

    private mutating func endElement() {
        guard let last = frames.indices.last else { return }
        frames[last].start = nil
        frames[last].expectsKey = true
    }

    /// Keeps a key, and the name of the stream.
    private mutating func endString() {
        guard let last = frames.indices.last, frames[last].isObject else { return }
        let text = Array(held[stringStart..<held.count - 1])
        if frames[last].expectsKey {
            frames[last].key = text
        } else if frames[last].key.elementsEqual("logStream".utf8) {
            frames[last].stream = String(decoding: text, as: UTF8.self)
        }
    }

    private mutating func endValue(
        isTaken: Bool = false, _ part: (Part) throws(TruncationLogError) -> Void
    ) throws(TruncationLogError) {
        guard let frame = frames.last else {
            let found = try documents()
            if !isTaken { for document in found { try part(.document(document)) } }
            drop(from: 0, leaving: [])
            return
        }
        guard frame.isList, let start = frame.start else { return }
        if !isTaken {
            let stream = frames.dropLast().last?.stream
            try part(.element(try element(from: start), stream: stream))
        }
        drop(from: start, leaving: [UInt8(ascii: "0")])
        frames[frames.count - 1].previous = start
    }

    private mutating func drop(from start: Int, leaving rest: some Collection<UInt8>) {
        let rest = Array(rest)
        removed.lines += Self.lines(held[start...])
        removed.bytes += held.count - start - rest.count
        held.removeSubrange(start...)
        held += rest
    }

    private static func lines(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.count { $0 == UInt8(ascii: "\n") }
    }

    private func element(from start: Int) throws(TruncationLogError) -> JSONValue {
        do {
            return try JSONValue(parsing: Array(held[start...]))
        } catch {
            let lines = removed.lines + Self.lines(held[..<start])
            throw .notJSON(error.shifted(bytes: removed.bytes + start, lines: lines))
        }
    }

    private func documents() throws(TruncationLogError) -> [JSONValue] {
        do {
            return try JSONValue.sequence(parsing: held)
        } catch {
            throw .notJSON(error.shifted(bytes: removed.bytes, lines: removed.lines))
        }
    }

    /// What the parser says of the bytes so far, of which the last cannot stand there.
    private func failure() -> TruncationLogError {
        do throws(TruncationLogError) {
            _ = try documents()
            return .noEvents
        } catch {
            return error
        }
    }
}
