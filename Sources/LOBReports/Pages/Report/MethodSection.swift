import LOBAdvice

/// How it was measured, by whom, and with which policy.
enum MethodSection {
    /// The sections: what the figures rest on, then server, role, time and policy, which are folded.
    static func section(_ report: Report) -> [PageSection] {
        let facts = MethodLines.lines(report).map { PageFact(term: $0.topic, text: PageText($0.text)) }
        return [
            PageSection(
                id: "method", title: "How it was measured", importance: .method,
                blocks: [
                    .paragraph(MethodLines.whatWasRead(report.profile.options)),
                    .list(MethodLines.coverages(report).map { PageText($0) }),
                    .facts(
                        CertificateText(report.profile).lines.map {
                            PageFact(term: $0.topic, text: PageText($0.text))
                        }),
                ] + carriedOver(report.profile)),
            PageSection(
                id: "settings", title: nil, importance: .settings,
                blocks: [.folded("Server, role, time and policy", [.facts(facts)])]),
        ]
    }

    /// Tables whose sizes are older than the profile; nothing where there is none.
    private static func carriedOver(_ profile: Profile) -> [PageBlock] {
        let older = profile.tables.compactMap { table in table.measuredAt.map { (table.relation.name, $0) } }
        guard !older.isEmpty else { return [] }
        let table = PageTable(
            "Sizes that are carried over", older,
            [
                .init("Table", isElastic: true) { .code($0.0.losslessText) },
                .init("Measured") { PageText(TimeText.words($0.1)) },
            ])
        return [
            .paragraph(
                "These tables were not measured again: their sizes are carried over from an earlier profile."),
            .table(table),
        ]
    }
}
