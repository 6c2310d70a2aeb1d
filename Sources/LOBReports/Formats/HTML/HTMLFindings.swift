import LOBAdvice

/// The findings of report.html, each with its remedy.
enum HTMLFindings {
    /// The section.
    static func section(_ report: Report) -> String {
        let items = FindingList(report).entries.map { entry in
            switch entry {
            case .finding(let finding): item(finding)
            case .more(let count, let finding): rest(count, finding)
            }
        }.joined()
        return HTMLMarkup.section(
            "findings", "Findings", items.isEmpty ? "<p>None.</p>" : "<ul>\n\(items)</ul>")
    }

    private static func rest(_ count: Int, _ finding: Finding) -> String {
        let omission = FindingList.omission(count, in: .html)
        return """
            <li class="finding \(finding.severity.rawValue)"><strong>\(finding.severity.rawValue)</strong> \
            <code>\(HTMLText.escape(finding.id))</code> \(HTMLText.escape(omission.text)) \
            <code>\(HTMLText.escape(omission.command))</code></li>

            """
    }

    private static func item(_ finding: Finding) -> String {
        let reference = finding.reference.map { " <cite>\(HTMLText.escape($0))</cite>" } ?? ""
        return """
            <li class="finding \(finding.severity.rawValue)"><strong>\(finding.severity.rawValue)</strong> \
            <code>\(HTMLText.escape(finding.id))</code> \(HTMLText.escape(finding.message))\(reference)
            <p>Remedy: \(HTMLText.escape(finding.remedy))</p></li>

            """
    }
}
