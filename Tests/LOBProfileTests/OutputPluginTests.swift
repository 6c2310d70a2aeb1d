import LOBReports
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// `output_plugin_libraries` against the plugins that tasks need.
@Suite struct OutputPluginTests {
    private func findings(
        _ setting: String?, slots: [SlotAssignment.Slot] = [], isReplica: Bool = false,
        migrationType: MigrationType = .cdc, version: Int = 150_018, plugin: OutputPlugin? = nil
    ) -> [Finding] {
        let server = ServerFacts(
            version: version, isReplica: isReplica, encoding: "UTF8", blockSize: 8192, role: Identifier("r"),
            systemIdentifier: nil, hasDataChecksums: false,
            outputPlugins: setting.map(ServerFacts.libraries))
        var policy = Policy()
        policy.migrationType = migrationType
        let profile = Profile(
            lobscopeVersion: "0", database: Identifier("d"), server: server, startedAt: 0, finishedAt: 0,
            options: PlanOptions(), policy: policy, tables: [], largeObjects: nil, unmeasured: [],
            deployment: slots.isEmpty
                ? Deployment(plugin: plugin)
                : Deployment(slots: SlotAssignment(source: .file, slots: slots), plugin: plugin))
        return OutputPluginPreflight(profile: profile, policy: policy).findings
    }

    private func slot(_ plugin: String? = nil) -> SlotAssignment.Slot {
        SlotAssignment.Slot(name: Identifier("s"), tables: [], plugin: plugin)
    }

    @Test(arguments: [
        ("pgoutput, test_decoding", ["pgoutput", "test_decoding"]), ("", []),
        ("a,\"b, c\" , d", ["a", "b, c", "d"]),
    ])
    func theListIsReadAsTheServerWritesIt(value: String, names: [String]) {
        #expect(ServerFacts.libraries(value) == names)
    }

    @Test func slotsNeedPglogicalUnlessTheyHaveAnotherPlugin() {
        let found = findings("pgoutput, test_decoding", slots: [slot(), slot()])
        #expect(found.map(\.subject) == ["pglogical"])
        #expect(found.map(\.severity) == [.error])
        #expect(
            found[0].remedy.hasPrefix(
                "ALTER SYSTEM SET output_plugin_libraries = 'pgoutput', 'test_decoding', 'pglogical'; "
                    + "SELECT pg_reload_conf();"))
        #expect(findings("test_decoding", slots: [slot("test_decoding")]) == [])
        #expect(findings("pgoutput", slots: [slot("x")]).map(\.subject) == ["x"])
    }

    @Test func aTaskWithoutSlotsTakesEitherPlugin() {
        #expect(findings("pgoutput, test_decoding") == [])
        #expect(findings("pgoutput, pglogical") == [])
        #expect(findings("pgoutput").map(\.subject) == ["test_decoding"])
    }

    @Test func aPluginThatIsAskedForIsNeeded() {
        #expect(findings("pgoutput, test_decoding", plugin: .pglogical).map(\.subject) == ["pglogical"])
        #expect(findings("pglogical", plugin: .testDecoding).map(\.subject) == ["test_decoding"])
        #expect(findings("test_decoding", slots: [slot()], plugin: .testDecoding) == [])
    }

    @Test func aSettingThatTheRoleMayNotReadIsUnknown() {
        let found = findings(nil, slots: [slot()], version: 150_019)
        #expect(found.map(\.severity) == [.warning])
        #expect(found[0].remedy.contains("pg_read_all_settings"))
        #expect(findings(nil, version: 180_006) == [])
        #expect(findings(nil, slots: [slot()], version: 140_023) == [])
    }

    @Test func nothingIsSaidWhereNothingIsKnownOrNeeded() {
        #expect(findings(nil, slots: [slot()]) == [])
        #expect(findings("pgoutput", slots: [slot()], isReplica: true) == [])
        #expect(findings("pgoutput", slots: [slot()], migrationType: .fullLoad) == [])
    }
}
