public import LOBAdvice

/// Snapshots for a terminal: a list of several, or what one holds.
public enum SnapshotText {
    /// A snapshot in a list.
    public struct Line: Sendable {
        let path: String
        let startedAt: Int64
        let database: Identifier
        let tables: Int
        let isComplete: Bool
        let digest: String

        /// Creates a line; does not hold on to the profile.
        public init(path: String, profile: Profile, digest: String) {
            self.path = path
            startedAt = profile.startedAt
            database = profile.database
            tables = profile.tables.count
            isComplete = profile.isComplete
            self.digest = digest
        }
    }

    /// The list, oldest first, a line for each whatever its length: paths are there to be copied.
    public static func list(_ lines: [Line]) -> [UInt8] {
        var table = TextTable([
            .init(title: "Measured"), .init(title: "Database"), .init(title: "Tables", isNumeric: true),
            .init(title: "Complete"), .init(title: "Digest"), .init(title: "File"),
        ])
        for line in lines.sorted(by: { $0.startedAt < $1.startedAt }) {
            table.add([
                TimeText.utc(line.startedAt), line.database.losslessText,
                "\(line.tables)", line.isComplete ? "yes" : line.tables == 0 ? "no table" : "partial",
                String(decoding: line.digest.utf8.prefix(12), as: UTF8.self), line.path,
            ])
        }
        return Array(table.lines(width: .max).map { $0 + "\n" }.joined().utf8)
    }

    /// What one holds.
    ///
    /// - Parameter digest: the SHA-256 of its JSON, in hexadecimal.
    public static func show(_ profile: Profile, digest: String) -> [UInt8] {
        let columns = profile.tables.flatMap(\.columns)
        let measured = columns.count { $0.measurement != nil }
        let facts: [(String, String)] =
            [
                ("database", VisibleText.escape(profile.database)),
                (
                    "server",
                    ServerText.version(profile.server.version)
                        + (profile.server.isReplica ? ", a replica" : "")
                ),
                (
                    "measured by",
                    "lobscope \(profile.lobscopeVersion) as \(VisibleText.escape(profile.server.role))"
                ),
                ("began", TimeText.utc(profile.startedAt)),
                ("ended", TimeText.utc(profile.finishedAt)),
                ("method", profile.options.method.rawValue),
                ("seed", "\(profile.options.sample.seed)"),
                ("as of", CertificateText(profile).summary),
                ("scope", profile.scope.map(ScopeText.options) ?? "not recorded"),
                ("tables in scope", "\(profile.tables.count)"),
                ("columns measured", "\(measured) of \(columns.count)"),
                (
                    "not measured",
                    profile.unmeasured.isEmpty ? "nothing that was planned" : UnmeasuredText.count(profile)
                ),
                ("format", "\(profile.format)"),
                ("digest", digest),
            ] + (profile.sources ?? []).map { ("merged from", source($0)) }
        let indent = facts.map { $0.0.utf8.count }.max() ?? 0
        return Array(
            facts.map { name, value in
                name + String(repeating: " ", count: indent + 2 - name.utf8.count) + value + "\n"
            }.joined().utf8)
    }

    private static func source(_ source: ProfileSource) -> String {
        let cluster = source.systemIdentifier.map { " of cluster \(VisibleText.escape($0))" } ?? ""
        return "\(VisibleText.escape(source.database))\(cluster), \(TimeText.utc(source.startedAt)), "
            + String(decoding: source.digest.utf8.prefix(12), as: UTF8.self)
    }
}
