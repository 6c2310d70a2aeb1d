/// A section of report.md in parts that may be left out where a comment may not be long.
struct MarkdownSection {
    /// A part: whole lines, so that what stays is whole without it.
    struct Part {
        let text: String
        let importance: Importance
    }

    /// What is kept longest first.
    enum Importance: Int, CaseIterable {
        case summary, decisions, unmeasured, outlook, findings, task, method, signOff
        // From here on what is folded.
        case reasons, columns, cutCurve, settings

        /// What it is called where it was left out.
        var name: (one: String, many: String) {
            switch self {
            case .summary: ("line of the summary", "lines of the summary")
            case .decisions: ("line of the LOB table", "lines of the LOB table")
            case .unmeasured: ("part on what was not measured", "parts on what was not measured")
            case .outlook: ("line of the outlook", "lines of the outlook")
            case .findings: ("finding", "findings")
            case .task: ("part on the DMS task", "parts on the DMS task")
            case .method: ("part on the method", "parts on the method")
            case .signOff: ("sign-off", "sign-offs")
            case .reasons: ("list of reasons", "lists of reasons")
            case .columns: ("table's columns", "tables' columns")
            case .cutCurve: ("part of the cut curve", "parts of the cut curve")
            case .settings: ("list of server, role and policy", "lists of server, role and policy")
            }
        }
    }

    let parts: [Part]

    /// Creates a section of parts that are equally important.
    init(_ importance: Importance, _ texts: [String]) {
        parts = texts.map { Part(text: $0, importance: importance) }
    }

    /// Creates a section of parts.
    init(parts: [Part]) {
        self.parts = parts
    }
}
