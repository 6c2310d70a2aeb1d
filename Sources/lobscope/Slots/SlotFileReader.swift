import LOBProfile
import Yams

/// Reads a slot file: YAML with a list `slots`, each with `name` and `tables`.
struct SlotFileReader {
    /// The slots of a text.
    ///
    /// - Throws: ``SlotFileError`` with the line of what is wrong.
    static func read(_ text: String) throws(SlotFileError) -> SlotFile {
        let root = try document(text)
        let members = try mapping(root, "file", keys: ["slots"])
        let entries = try sequence(try required("slots", members, root), "slots")
        guard !entries.isEmpty else {
            throw SlotFileError(line: line(root), problem: .wrongKind("slots", wanted: "a list of slots"))
        }
        var slots: [SlotFile.Slot] = []
        for entry in entries {
            let slot = try slot(entry)
            guard !slots.contains(where: { $0.name == slot.name }) else {
                throw SlotFileError(line: slot.line, problem: .repeatedSlot(slot.name.losslessText))
            }
            slots.append(slot)
        }
        return SlotFile(slots: slots)
    }

    private static func document(_ text: String) throws(SlotFileError) -> Node {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw SlotFileError(line: nil, problem: .missingKey("slots"))
            }
            return node
        } catch let error as SlotFileError {
            throw error
        } catch {
            throw SlotFileError(line: nil, problem: .notYAML("\(error)"))
        }
    }

    private static func slot(_ node: Node) throws(SlotFileError) -> SlotFile.Slot {
        let members = try mapping(node, "slot", keys: ["name", "tables"])
        let nameNode = try required("name", members, node)
        let name = try scalar(nameNode, "name")
        guard Identifier(name).isSlotName else {
            throw SlotFileError(line: line(nameNode), problem: .invalidSlotName(name))
        }
        var patterns: [SlotFile.Pattern] = []
        for entry in try sequence(try required("tables", members, node), "tables") {
            patterns.append(try pattern(entry))
        }
        guard !patterns.isEmpty else {
            throw SlotFileError(line: line(node), problem: .wrongKind("tables", wanted: "a list of tables"))
        }
        return SlotFile.Slot(name: Identifier(name), line: line(nameNode) ?? 0, tables: patterns)
    }

    private static func pattern(_ node: Node) throws(SlotFileError) -> SlotFile.Pattern {
        let text = try scalar(node, "tables")
        do throws(NamePattern.PatternError) {
            return SlotFile.Pattern(pattern: try NamePattern(text), line: line(node) ?? 0)
        } catch {
            throw SlotFileError(line: line(node), problem: .invalidPattern(text, error))
        }
    }

    /// PostgreSQL's own rule for names of slots.
    private static func mapping(
        _ node: Node, _ what: String, keys: [String]
    ) throws(SlotFileError) -> Node.Mapping {
        guard let mapping = node.mapping else {
            throw SlotFileError(
                line: line(node),
                problem: .wrongKind(what, wanted: "a mapping with \(keys.joined(separator: ", "))"))
        }
        for (key, _) in mapping {
            let name = key.scalar?.string ?? "?"
            guard keys.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else {
                throw SlotFileError(
                    line: line(key), problem: .unknownKey(name, known: keys.joined(separator: ", ")))
            }
        }
        return mapping
    }

    private static func required(
        _ key: String, _ mapping: Node.Mapping, _ parent: Node
    ) throws(SlotFileError) -> Node {
        guard let value = mapping.first(where: { ($0.key.scalar?.string ?? "").utf8.elementsEqual(key.utf8) })
        else { throw SlotFileError(line: line(parent), problem: .missingKey(key)) }
        return value.value
    }

    private static func sequence(_ node: Node, _ key: String) throws(SlotFileError) -> [Node] {
        guard let sequence = node.sequence else {
            throw SlotFileError(line: line(node), problem: .wrongKind(key, wanted: "a list"))
        }
        return Array(sequence)
    }

    private static func scalar(_ node: Node, _ key: String) throws(SlotFileError) -> String {
        guard let scalar = node.scalar else {
            throw SlotFileError(line: line(node), problem: .wrongKind(key, wanted: "a text"))
        }
        return scalar.string
    }

    private static func line(_ node: Node) -> Int? { node.mark?.line }
}
