/// The library that decodes changes for DMS: the `PluginName` of a PostgreSQL source endpoint (DMS user guide, PostgreSQL source).
public enum OutputPlugin: String, Sendable, Codable, CaseIterable {
    case pglogical
    case testDecoding = "test_decoding"

    /// The spelling of `PostgreSQLSettings` (DMS API reference).
    public var settingsName: String {
        switch self {
        case .pglogical: "pglogical"
        case .testDecoding: "test-decoding"
        }
    }

    /// The spelling of extra connection attributes.
    public var attributeName: String { rawValue.uppercased() }

    /// The plugin of a name in any of these spellings; nil for `no-preference` and anything else.
    public init?(settingsName name: String) {
        // pglogical's library has another name than the plugin that DMS asks for.
        let folded = name.lowercased().replacing("pglogical_output", with: "pglogical")
        let known = Self.allCases.first { plugin in
            [plugin.rawValue, plugin.settingsName].contains { $0.utf8.elementsEqual(folded.utf8) }
        }
        guard let known else { return nil }
        self = known
    }
}
