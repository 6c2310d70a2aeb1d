import EphemeralPostgreSQL

/// What the demo's server can do beyond what every server can.
struct DemoFeatures: Sendable {
    let extensions: Set<String>
    /// Whether values can be compressed with LZ4.
    let lz4: Bool
    /// Whether the server reads XML.
    let xml: Bool

    /// The extensions that the demo uses where they are installed.
    static let wanted = ["citext", "hstore", "lo"]

    /// Asks a server.
    static func of(_ cluster: EphemeralCluster, database: String) async throws(ClusterError) -> DemoFeatures {
        let available = try await cluster.psql(
            "SELECT name FROM pg_catalog.pg_available_extensions", database: database)
        let names = available.utf8.split(separator: UInt8(ascii: "\n")).map {
            String(decoding: $0, as: UTF8.self)
        }
        let lz4 = try await cluster.psql(
            """
            SELECT count(*) FROM pg_catalog.pg_settings
            WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)
            """, database: database)
        let xml: Bool
        do {
            try await cluster.psql("SELECT '<a/>'::xml", database: database)
            xml = true
        } catch {
            xml = false
        }
        return DemoFeatures(extensions: Set(wanted).intersection(names), lz4: lz4 == "1", xml: xml)
    }

    /// The extension's type, or another where the extension is not installed.
    func type(_ name: String, otherwise: String) -> String {
        extensions.contains(name) ? name : otherwise
    }

    /// The extensions that are not installed.
    var missing: [String] { Self.wanted.filter { !extensions.contains($0) } }
}
