public import LOBAdvice

/// What one snapshot holds.
public struct SnapshotReport: Sendable {
    let profile: Profile
    let digest: String

    /// Creates a report.
    ///
    /// - Parameter digest: the SHA-256 of the snapshot's JSON, in hexadecimal.
    public init(_ profile: Profile, digest: String) {
        (self.profile, self.digest) = (profile, digest)
    }

    /// The report in one format; as text a line for each fact whatever its length: digests are there to be copied.
    public func render(_ format: PageFormat) -> [UInt8] {
        page.render(format, width: .max) { SnapshotsJSON.snapshot(self) }
    }

    /// How many columns had to be measured, and how many were.
    var columns: (all: Int, measured: Int) {
        let columns = profile.tables.flatMap(\.columns)
        return (columns.count, columns.count { $0.measurement != nil })
    }

    private var page: Page {
        Page(
            title: "Snapshot of \(code: profile.database.losslessText)",
            sections: [
                PageSection(
                    id: "snapshot", title: nil, importance: .summary, blocks: [.facts(origin + content)])
            ])
    }

    private var origin: [PageFact] {
        let measuredBy: PageText =
            "lobscope \(profile.lobscopeVersion) as \(code: profile.server.role.losslessText)"
        return [
            PageFact(term: "Database", text: .code(profile.database.losslessText)),
            PageFact(term: "Server", text: PageText(ServerText.name(profile.server))),
            PageFact(term: "Measured by", text: measuredBy),
            PageFact(term: "Began", text: PageText(TimeText.words(profile.startedAt))),
            PageFact(term: "Ended", text: PageText(TimeText.words(profile.finishedAt))),
            PageFact(term: "Method", text: PageText(profile.options.method.rawValue)),
            PageFact(term: "Seed", text: PageText("\(profile.options.sample.seed)" as String)),
            PageFact(term: "As of", text: PageText(CertificateText(profile).summary)),
        ]
    }

    private var content: [PageFact] {
        let (all, measured) = columns
        let missing =
            profile.unmeasured.isEmpty ? "nothing that was planned" : UnmeasuredWords.count(profile)
        return [
            PageFact(
                term: "Scope", text: PageText(profile.scope.map(ScopeText.options) ?? "not recorded")),
            PageFact(term: "Tables in scope", text: "\(profile.tables.count)"),
            PageFact(term: "Columns measured", text: "\(measured) of \(all)"),
            PageFact(term: "Not measured", text: PageText(missing)),
            PageFact(term: "Format", text: "\(profile.format)"),
            PageFact(term: "Digest", text: .code(digest)),
        ] + (profile.sources ?? []).map { PageFact(term: "Merged from", text: Self.source($0)) }
    }

    private static func source(_ source: ProfileSource) -> PageText {
        let cluster = source.systemIdentifier.map { " of cluster \($0)" } ?? ""
        return """
            \(code: source.database.losslessText)\(cluster), \(TimeText.words(source.startedAt)), \
            \(code: DigestText.short(source.digest))
            """
    }
}
