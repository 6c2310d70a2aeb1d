/// The forms of a report that is one page, and a document for programs.
public enum PageFormat: String, Sendable, CaseIterable {
    case text, json
    case markdown = "md"
    case html
}

extension Page {
    /// The page in one form.
    ///
    /// - Parameters:
    ///   - width: cells of a line of a terminal.
    ///   - json: makes the document for programs.
    func render(
        _ format: PageFormat, width: Int, isColored: Bool = false, json: () -> [UInt8]
    ) -> [UInt8] {
        switch format {
        case .text: TerminalRenderer(width: width, isColored: isColored).render(self)
        case .markdown: MarkdownRenderer.document(self)
        case .html: HTMLRenderer.document(self)
        case .json: json()
        }
    }
}
