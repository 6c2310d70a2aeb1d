public import LOBAdvice

/// What was seen and why it matters, and what to do.
struct FindingText {
    let message: String
    let remedy: String

    init(_ message: String, remedy: String) {
        self.message = message
        self.remedy = remedy
    }

    /// The first five, and how many more there are.
    static func list(_ names: [String]) -> String {
        let shown = names.prefix(5).joined(separator: ", ")
        return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
    }

    /// The first five names of tables in quotes, and how many more there are.
    static func list(_ names: [RelationName]) -> String {
        list(names.map { "\"\($0.losslessText)\"" })
    }
}

extension Finding {
    /// What was seen and why it matters.
    public var message: String { text.message }
    /// What to do, with SQL where there is one.
    public var remedy: String { text.remedy }
    /// Where the rule comes from, such as the page of the DMS user guide; nil where it is our own.
    public var reference: String? { page?.title }

    private var text: FindingText {
        switch detail {
        case .key(let found): found.text(of: subject)
        case .column(let found): found.text(of: subject)
        case .size(let found): found.text(of: subject)
        case .type(let found): found.text(of: subject)
        case .table(let found): found.text(of: subject)
        case .tree(let found): found.text(of: subject)
        case .database(let found): found.text(of: subject)
        case .largeObjects(let found): found.text(of: subject)
        case .source(let found): found.text(of: subject)
        case .survey(let found): found.text(of: subject)
        case .policy(let found): found.text(of: subject)
        case .changes(let found): found.text
        case .limit(let found): found.text(of: subject)
        case .rule(let found): found.text(of: subject)
        case .batch(let found): found.text(of: subject)
        case .endpoint(let found): found.text
        case .memory(let found): found.text(of: subject)
        case .settings(let found): found.text
        case .mapping(let violation): violation.text
        case .slot(let found): found.text(of: subject)
        case .target(let found): found.text(of: subject)
        case .truncation(let found): found.text(of: subject)
        }
    }
}

extension [Finding] {
    /// Errors first, then by id, subject and message.
    var inOrder: [Finding] {
        // Each key once: there may be a finding for every column.
        let keys = map { [[UInt8]($0.id.utf8), [UInt8]($0.subject.utf8), [UInt8]($0.message.utf8)] }
        let order = indices.sorted { left, right in
            if self[left].severity != self[right].severity {
                return self[left].severity > self[right].severity
            }
            return keys[left].lexicographicallyPrecedes(keys[right]) { $0.lexicographicallyPrecedes($1) }
        }
        return order.map { self[$0] }
    }
}
