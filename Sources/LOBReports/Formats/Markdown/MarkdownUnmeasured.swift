import LOBProfile

/// What was planned and not measured, and what nobody asked for.
enum MarkdownUnmeasured {
    /// The section.
    static func section(_ report: Report) -> MarkdownSection {
        let (missing, leftOut) = (report.profile.unmeasured, report.profile.leftOut)
        let parts = [
            "## Not measured\n",
            missing.isEmpty
                ? "Nothing\(leftOut.isEmpty ? "" : " that was planned"): the profile is complete.\n"
                : "The sizes of these are not known. Nothing here is zero or empty because it is listed.\n",
        ]
        let tables =
            [missing.isEmpty ? nil : table(missing)] + [leftOut.isEmpty ? nil : self.leftOut(leftOut)]
        return MarkdownSection(.unmeasured, [(parts + tables.compactMap(\.self)).joined(separator: "\n")])
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
