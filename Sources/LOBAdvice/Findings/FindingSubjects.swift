/// What the subjects of findings are the names of, so that patterns for tables can be held against them.
struct FindingSubjects: Sendable {
    /// Relations and the tables that they are leaves of, by the text that stands in a subject.
    private let byText: [[UInt8]: [(name: RelationName, logicalName: RelationName)]]

    /// Prepares the names of relations.
    init(_ relations: [Relation]) {
        let roots = Set(relations.compactMap(\.root)).map { (name: $0, logicalName: $0) }
        let all = relations.map { (name: $0.name, logicalName: $0.logicalName) } + roots
        byText = Dictionary(grouping: all) { Array($0.name.losslessText.utf8) }
    }

    /// Whether a pattern matches the table that a subject is about, itself or by its root.
    ///
    /// Where a name with dots ends cannot be told from a subject: of several tables that it may mean, all must match, so that
    /// nothing is accepted that nobody asked for.
    func isMatched(_ subject: String, by pattern: NamePattern) -> Bool {
        let bytes = Array(subject.utf8)
        let dots = bytes.indices.filter { bytes[$0] == UInt8(ascii: ".") }
        let known = (dots + [bytes.count]).flatMap { byText[Array(bytes[..<$0])] ?? [] }
        guard known.isEmpty else {
            return known.allSatisfy { pattern.matches($0.name) || pattern.matches($0.logicalName) }
        }
        // A part of the task, or a setting: a pattern without a schema can name it.
        guard let dot = dots.first else { return pattern.matches(schema: Identifier(bytes: bytes)) }
        // A table that the profile does not have, or a column of one.
        let schema = Identifier(bytes: Array(bytes[..<dot]))
        let ends = Array(dots.dropFirst()) + [bytes.count]
        return ends.contains { end in
            let name = Identifier(bytes: Array(bytes[(dot + 1)..<end]))
            return pattern.matches(RelationName(schema: schema, name: name))
        }
    }
}
