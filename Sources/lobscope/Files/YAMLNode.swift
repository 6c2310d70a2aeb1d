import LOBAdvice
import Yams

/// A node of a YAML file that a person wrote, with the line for messages.
struct YAMLNode {
    private let node: Node

    /// The longest file, in bytes.
    private static let longest = 16 << 20

    /// What a file holds.
    ///
    /// - Throws: `CommandFailure` for a file that cannot be read, and with the line of what is wrong in it.
    static func read<Value>(
        _ path: String, _ parse: (String) throws(YAMLError) -> Value
    ) throws(CommandFailure) -> Value {
        var source = try ByteSource(path)
        defer { source.close() }
        let bytes = try source.all(limit: longest)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure("\"\(path)\" is not UTF-8\nhint: save it as UTF-8")
        }
        do throws(YAMLError) {
            return try parse(text)
        } catch {
            throw CommandFailure("\"\(path)\" \(error)")
        }
    }

    /// The root of a text; nil for an empty one.
    ///
    /// - Throws: ``YAMLError`` for text that is no YAML, and for keys that stand twice.
    static func root(of text: String) throws(YAMLError) -> YAMLNode? {
        do {
            return try Yams.compose(yaml: text).map(YAMLNode.init(node:))
        } catch {
            throw YAMLError(line: nil, message: "not YAML: \(error)")
        }
    }

    /// Where it stands, counted from 1.
    var line: Int? { node.mark?.line }

    /// The values of a mapping by their keys.
    ///
    /// - Throws: ``YAMLError`` for other nodes and for keys that are not known.
    func mapping(_ what: String, keys: [String]) throws(YAMLError) -> [String: YAMLNode] {
        guard let mapping = node.mapping else {
            throw error("\(what) must be a mapping", hint: "known keys are \(keys.joined(separator: ", "))")
        }
        var values: [String: YAMLNode] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.string ?? "?"
            guard keys.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else {
                let meant =
                    EditDistance.nearest(to: name, among: keys).map { "did you mean \"\($0)\"? " } ?? ""
                throw YAMLNode(node: key).error(
                    "\"\(name)\" is not a known key",
                    hint: "\(meant)known keys are \(keys.joined(separator: ", "))")
            }
            values[name] = YAMLNode(node: value)
        }
        return values
    }

    /// The keys and values of a mapping whose keys are names that a person chose, in the order of the file.
    ///
    /// - Throws: ``YAMLError`` for other nodes, and for keys that are no names.
    func entries(_ what: String, of form: String) throws(YAMLError) -> [(name: String, value: YAMLNode)] {
        guard let mapping = node.mapping else { throw error("\"\(what)\" must be a mapping", hint: form) }
        var entries: [(name: String, value: YAMLNode)] = []
        for (key, value) in mapping {
            entries.append((try YAMLNode(node: key).text(what), YAMLNode(node: value)))
        }
        return entries
    }

    /// Whether it is a list.
    var isList: Bool { node.sequence != nil }

    /// The value of a key that a mapping must have.
    func required(_ key: String, of what: String, keys: [String]) throws(YAMLError) -> YAMLNode {
        guard let value = try mapping(what, keys: keys)[key] else { throw error("\"\(key)\" is missing") }
        return value
    }

    /// A pattern for names of tables.
    func pattern() throws(YAMLError) -> NamePattern {
        let text = try text("table")
        do throws(NamePattern.PatternError) {
            return try NamePattern(text)
        } catch {
            throw self.error("\"\(text)\": \(error)", hint: "write schema.table, with * and ? as wildcards")
        }
    }

    /// The elements of a list; a scalar counts as a list of one where that is allowed.
    func list(_ what: String, orScalar: Bool = false) throws(YAMLError) -> [YAMLNode] {
        if let sequence = node.sequence, !sequence.isEmpty { return sequence.map(YAMLNode.init(node:)) }
        if orScalar, node.scalar != nil { return [self] }
        throw error("\"\(what)\" must be a list with at least one entry")
    }

    /// The text of a scalar that is not empty.
    func text(_ what: String) throws(YAMLError) -> String {
        guard let scalar = node.scalar, !scalar.string.isEmpty else {
            throw error("\"\(what)\" must have a value")
        }
        return scalar.string
    }

    /// `true` or `false`; nil for anything else.
    var bool: Bool? {
        switch node.scalar?.string {
        case "true": true
        case "false": false
        default: nil
        }
    }

    /// A value that is read from its text.
    func value<Value>(
        _ what: String, hint: String, _ read: (String) -> Value?
    ) throws(YAMLError) -> Value {
        let text = try text(what)
        guard let value = read(text) else { throw error("\"\(what)\" cannot be \"\(text)\"", hint: hint) }
        return value
    }

    /// What is wrong here.
    func error(_ message: String, hint: String? = nil) -> YAMLError {
        YAMLError(line: line, message: message, hint: hint)
    }
}

/// What is wrong with a YAML file, and where.
struct YAMLError: Error, Hashable, CustomStringConvertible {
    /// Counted from 1; nil where the whole file is concerned.
    let line: Int?
    let message: String
    var hint: String?

    /// The line and the message, to follow the file's name; a hint on its own line.
    var description: String {
        (line.map { "line \($0): " } ?? "") + message + (hint.map { "\nhint: \($0)" } ?? "")
    }
}
