import EphemeralPostgreSQL

/// The demo's database: real files of the machine it runs on, in tables as an application might have them.
///
/// The same machine gives the same rows. Only folders that packages own are read; see ``DemoFiles``.
struct DemoDatabase {
    /// The database's name.
    static let name = "demo"

    let cluster: EphemeralCluster
    let files: DemoFiles
    let features: DemoFeatures
    let size: DemoSize
    let progress: (String) -> Void

    /// Creates the database in a server and fills it, in seconds for the brief size, in about a minute for the full one.
    ///
    /// - Parameters:
    ///   - size: How much to load.
    ///   - files: What to load, by default what is found on the machine.
    ///   - progress: Takes a line for each step; no line end.
    /// - Returns: What was loaded, a line for each table.
    @discardableResult
    static func load(
        into cluster: EphemeralCluster, size: DemoSize, files: DemoFiles? = nil,
        progress: (String) -> Void
    ) async throws(ClusterError) -> [DemoTable] {
        try await withoutActuallyEscaping(progress) { escaping async throws(ClusterError) in
            try await cluster.createDatabase(name)
            let features = try await DemoFeatures.of(cluster, database: name)
            if !features.missing.isEmpty {
                escaping("not installed here: \(features.missing.joined(separator: ", "))")
            }
            let demo = DemoDatabase(
                cluster: cluster, files: files ?? DemoFiles.collect(), features: features, size: size,
                progress: escaping)
            return try await demo.load()
        }
    }

    private func load() async throws(ClusterError) -> [DemoTable] {
        progress("found \(files.all.count) files")
        try await cluster.psql(DemoSchema.statements(features), database: Self.name)
        for (what, step) in steps {
            progress("loading \(what)")
            try await step()
        }
        progress("deriving tables and statistics")
        try await cluster.psql(DemoSchema.derived, database: Self.name)
        let tables = try await DemoTable.all(in: cluster, database: Self.name)
        for table in tables { progress(table.description) }
        return tables
    }

    private var steps: [(String, () async throws(ClusterError) -> Void)] {
        [
            ("files", loadFiles), ("documents", loadDocuments), ("sources", loadSources),
            ("paragraphs", loadParagraphs), ("packages", loadPackages), ("shapes", loadShapes),
            ("configurations", loadConfigurations), ("markup", loadMarkup), ("changelogs", loadChangelogs),
            ("manuals", loadManuals), ("stored forms", loadStored), ("attachments", loadAttachments),
        ]
    }

    /// Runs one COPY, between SQL before and after it in the same session, and says what came of it.
    ///
    /// - Parameter target: The table and, in parentheses, its columns.
    func copy(
        _ target: String, before: String = "", after: String = "",
        rows: (inout CopyInput) async throws(ClusterError) -> Void
    ) async throws(ClusterError) {
        try await cluster.psql(database: Self.name) { writer throws(ClusterError) in
            try await writer.write(Array("\(before)\nCOPY \(target) FROM STDIN;\n".utf8))
            var input = CopyInput(writer)
            try await rows(&input)
            try await input.flush()
            try await writer.write(Array("\\.\n\(after)\n".utf8))
        }
    }

    /// Files of a kind up to a share of the size; files of any other kind where there are none.
    func cycle(_ kind: DemoFile.Kind, permille: Int, asText: Bool) -> DemoFileCycle {
        let own = files[kind]
        if own.isEmpty {
            progress("no \(kind) files on this machine, so others replace them")
        }
        return DemoFileCycle(
            own.isEmpty ? files.all : own, budget: size.bytes / 1000 * permille, asText: asText)
    }

    /// Says so where files had to be used more than once.
    func report(_ table: String, _ cycle: DemoFileCycle) {
        guard cycle.round > 1 else { return }
        progress("\(table): too few files on this machine, each used up to \(cycle.round) times")
    }
}

/// How much the demo loads.
struct DemoSize: Sendable {
    /// Bytes of LOB values.
    let bytes: Int
    /// Rows of the table of paragraphs, which has the most.
    let paragraphs: Int

    /// 16 million bytes and 4,000 paragraphs.
    static let brief = DemoSize(bytes: 16_000_000, paragraphs: 4_000)
    /// 240 million bytes and 60,000 paragraphs.
    static let full = DemoSize(bytes: 240_000_000, paragraphs: 60_000)
}
