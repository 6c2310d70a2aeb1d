import LOBAdvice

/// The findings of report.html, each with its remedy.
enum HTMLFindings {
    /// The section.
    static func section(_ report: Report) -> String {
        let items = report.recommendation.findings.map(item).joined()
        return HTMLMarkup.section(
            "findings", "Findings", items.isEmpty ? "<p>None.</p>" : "<ul>\n\(items)</ul>")
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
