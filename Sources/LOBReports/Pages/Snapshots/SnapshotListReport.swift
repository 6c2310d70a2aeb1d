public import LOBAdvice

/// A list of snapshots, oldest first.
public struct SnapshotListReport: Sendable {
    /// A snapshot in a list.
    public struct Entry: Sendable {
        let path: String
        let startedAt: Int64
        let database: Identifier
        let tables: Int
        let isComplete: Bool
        let digest: String

        /// Creates an entry; does not hold on to the profile.
        ///
        /// - Parameter digest: the SHA-256 of its JSON, in hexadecimal.
        public init(path: String, profile: Profile, digest: String) {
            self.path = path
            startedAt = profile.startedAt
            database = profile.database
            tables = profile.tables.count
            isComplete = profile.isComplete
            self.digest = digest
        }
    }

    let entries: [Entry]

    /// Creates a list.
    public init(_ entries: [Entry]) {
        self.entries = entries.sorted { $0.startedAt < $1.startedAt }
    }

    /// The list in one format; as text a line for each whatever its length: paths are there to be copied.
    public func render(_ format: PageFormat) -> [UInt8] {
        page.render(format, width: .max) { SnapshotsJSON.list(self) }
    }

    private var page: Page {
        Page(
            title: "Snapshots",
            sections: [
                PageSection(
                    id: "snapshots", title: nil, importance: .decisions,
                    blocks: [.table(PageTable("Snapshots, oldest first", entries, Self.columns))])
            ])
    }

    private static let columns: [PageTable.Column<Entry>] = [
        .init("Measured") { PageText(TimeText.words($0.startedAt)) },
        .init("Database") { .code($0.database.losslessText) },
        .init("Tables", isNumeric: true) { "\($0.tables)" },
        .init("Complete") { PageText($0.isComplete ? "yes" : $0.tables == 0 ? "no table" : "partial") },
        .init("Digest") { .code(DigestText.short($0.digest)) },
        .init("File") { .code($0.path) },
    ]
}
