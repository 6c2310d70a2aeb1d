import Yams

/// What the AWS command line prints with `--output yaml` or `yaml-stream`, as the values that its JSON has.
enum YAMLDocuments {
    /// The keys with which answers of CloudWatch Logs and their events begin.
    private static let keys = [
        "events", "logEvents", "results", "searchedLogStreams", "nextToken", "nextForwardToken",
        "nextBackwardToken", "statistics", "status", "encryptionKey", "queryLanguage", "eventId",
        "ingestionTime",
        "logStreamName", "message", "@message", "@timestamp", "timestamp", "field",
    ]

    /// Whether the first lines are YAML of that kind; nil where too few bytes are known.
    ///
    /// A list of messages is one of quoted texts that begin with a year; a text log begins neither so nor with a key.
    static func begin(_ bytes: [UInt8], isWhole: Bool) -> Bool? {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n"))
            guard end != nil || isWhole || rest.count >= longestBeginning else { return nil }
            let line = rest[..<(end ?? rest.endIndex)]
            if let answer = begins(line) { return answer }
            rest = end.map { rest[($0 + 1)...] } ?? []
        }
        return isWhole ? false : nil
    }

    private static let longestBeginning = 64

    /// nil for a line that says nothing: an empty one, a comment, the mark of a document.
    private static func begins(_ line: ArraySlice<UInt8>) -> Bool? {
        var text = line.drop { $0 == 0x20 }
        while text.last == 0x20 || text.last == 0x0D { text.removeLast() }
        if text.isEmpty || text.first == UInt8(ascii: "#") || text.elementsEqual("---".utf8) { return nil }
        var isElement = false
        while text.starts(with: "- ".utf8) {
            text = text.dropFirst(2).drop { $0 == 0x20 }
            isElement = true
        }
        guard let quote = text.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return keys.contains { text.starts(with: ($0 + ":").utf8) }
        }
        let quoted = text.dropFirst()
        if isElement, quoted.starts(with: "2".utf8) { return true }
        return keys.contains { quoted.starts(with: Array($0.utf8) + [quote, UInt8(ascii: ":")]) }
    }

    /// The documents of a text.
    ///
    /// Every scalar becomes a string: events are asked for nothing else.
    ///
    /// - Throws: ``TruncationLogError`` for text that is no YAML, and for aliases that would repeat what they name.
    static func parse(_ bytes: [UInt8]) throws(TruncationLogError) -> [JSONValue] {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notYAML(line: nil) }
        var nodes: YamlSequence<Node>
        do {
            nodes = try Yams.compose_all(yaml: text)
        } catch {
            throw .notYAML(line: line(of: error))
        }
        var documents: [JSONValue] = []
        // Every node takes a byte of the file at least, unless aliases repeat it.
        var budget = bytes.count + 1
        while let node = nodes.next() { documents.append(try value(node, &budget)) }
        if let error = nodes.error { throw .notYAML(line: line(of: error)) }
        return documents
    }

    private static func line(of error: any Error) -> Int? {
        switch error as? Yams.YamlError {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
            mark.line
        default: nil
        }
    }

    private static func value(_ node: Node, _ budget: inout Int) throws(TruncationLogError) -> JSONValue {
        budget -= 1
        guard budget >= 0 else { throw .notYAML(line: node.mark?.line) }
        switch node {
        case .scalar(let scalar): return .text(scalar.string)
        case .sequence(let elements):
            var values: [JSONValue] = []
            for element in elements { values.append(try value(element, &budget)) }
            return .array(values)
        case .mapping(let pairs):
            var members: [JSONMember] = []
            for (key, element) in pairs {
                members.append(
                    JSONMember(
                        key: Array((key.scalar?.string ?? "").utf8), value: try value(element, &budget)))
            }
            return .object(members)
        case .alias: throw .notYAML(line: node.mark?.line)
        }
    }
}
