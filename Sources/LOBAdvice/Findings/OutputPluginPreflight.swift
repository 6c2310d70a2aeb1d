/// Output plugins that the tasks need and the server does not allow for new replication slots.
///
/// Since the minor releases of August 2026 (15.19, 16.15, 17.11, 18.6; CVE-2026-6471) `output_plugin_libraries` lists the
/// allowed ones, by default pgoutput and test_decoding.
struct OutputPluginPreflight {
    let profile: Profile
    let policy: Policy

    private static let setting = "output_plugin_libraries"

    var findings: [Finding] {
        // The setting of a replica decides nothing about slots of its primary.
        guard policy.migrationType.includesCDC, !profile.server.isReplica else { return [] }
        guard let allowed = profile.server.outputPlugins else {
            return mayForbid
                ? needed([]).filter { !Self.allowedByDefault.contains($0) }.sorted().map(unknown) : []
        }
        return needed(allowed).sorted().compactMap { plugin in
            allowed.contains { $0.utf8.elementsEqual(plugin.utf8) } ? nil : finding(plugin, allowed)
        }
    }

    /// The plugins of the slots: the endpoint's PluginName, which is pglogical unless another is asked for, and those of slots that
    /// exist.
    private func needed(_ allowed: [String]) -> Set<String> {
        let wanted = profile.deployment?.plugin
        guard let slots = profile.deployment?.slots?.slots, !slots.isEmpty else {
            if let wanted { return [wanted.rawValue] }
            // Without a slot of its own a task takes pglogical where it can, else test_decoding.
            return allowed.contains("pglogical") ? [] : ["test_decoding"]
        }
        return Set(slots.map { $0.plugin ?? (wanted ?? .pglogical).rawValue })
    }

    private static let allowedByDefault: Set = ["pgoutput", "test_decoding"]

    /// Whether a server of this version has the setting, which a role without `pg_read_all_settings` does not see.
    private var mayForbid: Bool {
        let (major, minor) = (profile.server.version / 10_000, profile.server.version % 10_000)
        let first = [15: 19, 16: 15, 17: 11, 18: 6]
        return major > 18 || first[major].map { minor >= $0 } ?? false
    }

    private func unknown(_ plugin: String) -> Finding {
        FindingID.outputPluginNotAllowed.finding(
            .warning, plugin, .source(.plugin(setting: Self.setting, allowed: nil)),
            .postgreSQL(Self.setting))
    }

    private func finding(_ plugin: String, _ allowed: [String]) -> Finding {
        FindingID.outputPluginNotAllowed.finding(
            .error, plugin, .source(.plugin(setting: Self.setting, allowed: allowed)),
            .postgreSQL(Self.setting))
    }
}
