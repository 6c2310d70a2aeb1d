import LOBAdvice

/// Reads a slot file: YAML with a list `slots`, each with `name` and `tables`.
struct SlotFileReader {
    /// The slots of a text.
    ///
    /// - Throws: ``YAMLError`` with the line of what is wrong.
    static func read(_ text: String) throws(YAMLError) -> SlotFile {
        guard let root = try YAMLNode.root(of: text) else {
            throw YAMLError(line: nil, message: "\"slots\" is missing")
        }
        var slots: [SlotFile.Slot] = []
        for entry in try root.required("slots", of: "the file", keys: ["slots"]).list("slots") {
            let slot = try slot(entry)
            guard !slots.contains(where: { $0.name == slot.name }) else {
                throw entry.error("\"\(slot.name.losslessText)\" is the name of another slot")
            }
            slots.append(slot)
        }
        return SlotFile(slots: slots)
    }

    private static func slot(_ node: YAMLNode) throws(YAMLError) -> SlotFile.Slot {
        let keys = ["name", "tables"]
        let nameNode = try node.required("name", of: "a slot", keys: keys)
        let name = try nameNode.text("name")
        guard Identifier(name).isSlotName else {
            throw nameNode.error(
                "\"\(name)\" is not the name of a slot",
                hint: "lower-case letters, digits and underscores, at most 63")
        }
        var patterns: [SlotFile.Pattern] = []
        for entry in try node.required("tables", of: "a slot", keys: keys).list("tables") {
            patterns.append(SlotFile.Pattern(pattern: try entry.pattern(), line: entry.line ?? 0))
        }
        return SlotFile.Slot(name: Identifier(name), line: nameNode.line ?? 0, tables: patterns)
    }
}
