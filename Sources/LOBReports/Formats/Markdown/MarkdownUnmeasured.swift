import LOBAdvice

/// What was planned and not measured, and what nobody asked for.
enum MarkdownUnmeasured {
    /// The section.
    static func section(_ report: Report) -> MarkdownSection {
        let (missing, leftOut) = (report.profile.unmeasured, report.profile.leftOut)
        let parts = [
            "## Not measured\n",
            missing.isEmpty
                ? "\(UnmeasuredText.nothing(report.profile))\n"
                : "\(UnmeasuredText.known)\n",
        ]
        let tables = [
            missing.isEmpty ? nil : table(missing), grants(Grants(report.profile)),
            leftOut.isEmpty ? nil : self.leftOut(leftOut),
        ]
        return MarkdownSection(.unmeasured, [(parts + tables.compactMap(\.self)).joined(separator: "\n")])
    }

    /// The statements that let the role read what it may not.
    private static func grants(_ grants: Grants) -> String? {
        guard !grants.statements.isEmpty else { return nil }
        // A fence longer than any run of the same mark in a name.
        let lines = grants.statements.map { VisibleText.escape($0) }
        let fence = String(repeating: "`", count: max(3, 1 + (lines.map(longestFence).max() ?? 0)))
        return "\(MarkdownText.escape(GrantText.title(grants))):\n\n\(fence)\n"
            + lines.map { $0 + "\n" }.joined() + "\(fence)\n"
    }

    private static func longestFence(_ line: String) -> Int {
        line.utf8.split { $0 != UInt8(ascii: "`") }.map(\.count).max() ?? 0
    }

    private static func leftOut(_ entries: [Unmeasured]) -> String {
        "Nobody asked for these, and DMS does not migrate them:\n\n" + table(entries)
    }

    private static func table(_ entries: [Unmeasured]) -> String {
        var table = MarkdownTable([("What", false), ("Why", false), ("What to do", false)])
        table.rows = entries.map { [$0.subject, $0.explanation, $0.remedy].map(MarkdownText.escape) }
        return table.text
    }
}
