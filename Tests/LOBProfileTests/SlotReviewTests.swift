import LOBReports
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// Slots that source endpoints name, and the room that the engine has for changes.
@Suite struct SlotReviewTests {
    private let tables = ["a", "b"].map { ProfileFixture.table($0, sizes: [5]) }

    private func task(
        _ name: String, _ tables: [String], slot: String?, plugin: OutputPlugin? = nil,
        type: MigrationType = .cdc, limit: Int = 32, settings: DeployedSettings? = nil
    ) -> DeployedTask {
        DeployedTask(
            name: name,
            mapping: MappingDocument(
                tables: tables.map {
                    MappingTable(
                        name: RelationName(schema: Identifier("s"), name: Identifier($0)),
                        lobSettings: .limited(Kibibytes(limit)))
                }),
            settings: settings, migrationType: type,
            endpoint: DeployedEndpoint(
                failsTasksOnLOBTruncation: true, slot: slot.map { Identifier($0) }, plugin: plugin))
    }

    private func ids(
        _ tasks: [DeployedTask], slots: SlotAssignment? = nil, _ kept: (Finding) -> Bool
    ) -> [String] {
        let profile = ProfileFixture.profile(tables).with(deployment: Deployment(slots: slots))
        return Review(
            tasks, of: profile, recommending: Recommender(profile).recommend().tables, policy: Policy()
        ).findings.filter(kept).map { "\($0.id) \($0.subject)" }
    }

    /// A slot has one reader at a time; full loads read none, and without a name each task has its own.
    @Test(
        arguments: [
            ("one", "one", MigrationType.cdc, true), ("one", "two", .cdc, false), (nil, nil, .cdc, false),
            ("one", "one", .fullLoad, false), ("one", "one", .fullLoadAndCDC, true),
        ] as [(String?, String?, MigrationType, Bool)])
    func twoTasksCannotReadOneSlot(first: String?, second: String?, type: MigrationType, isShared: Bool) {
        let tasks = [task("x", ["a"], slot: first), task("y", ["b"], slot: second, type: type)]
        let told = ids(tasks) { $0.id == "lint-slot-shared" && $0.message.contains("(x, y)") }
        #expect(told == (isShared ? ["lint-slot-shared one"] : []))
    }

    /// What pglogical's sets leave out is lost; what a file or a proposal says is no fact about the server.
    @Test(arguments: [SlotAssignment.Source.pglogical, .file, .auto])
    func aTableOutsideOfItsSlotIsTold(source: SlotAssignment.Source) {
        let slots = SlotAssignment(
            source: source,
            slots: [
                .init(name: Identifier("one"), tables: [tables[0].relation.name]),
                .init(name: Identifier("two"), tables: [tables[1].relation.name]),
            ])
        let isTold = { (finding: Finding) in finding.id == "lint-slot-without-table" }
        #expect(
            ids([task("x", ["a", "b"], slot: "one")], slots: slots, isTold)
                == (source == .pglogical ? ["lint-slot-without-table s.b"] : []))
        #expect(ids([task("x", ["a"], slot: "one")], slots: slots, isTold) == [])
        // What reads with test_decoding asks no sets.
        #expect(ids([task("x", ["a", "b"], slot: "one", plugin: .testDecoding)], slots: slots, isTold) == [])
        let unknown = ids([task("x", ["a"], slot: "three")], slots: slots) { $0.id.hasPrefix("lint-slot") }
        #expect(unknown == (source == .pglogical ? ["lint-slot-unknown three"] : []))
    }

    /// Deployed endpoints are held against the slot as proposed ones are.
    @Test(arguments: [(nil, false), (OutputPlugin.pglogical, true), (.testDecoding, false)])
    func theDeployedPluginIsHeldAgainstTheSlot(plugin: OutputPlugin?, isWrong: Bool) {
        let slots = SlotAssignment(
            source: .file,
            slots: [
                .init(name: Identifier("one"), tables: [tables[0].relation.name], plugin: "test_decoding")
            ])
        let told = ids([task("x", ["a"], slot: "one", plugin: plugin)], slots: slots) {
            $0.id == "slot-plugin-differs"
        }
        #expect(told == (isWrong ? ["slot-plugin-differs one"] : []))
    }

    /// 1,024 MB hold 10 changes of 102,400 KB, 1,024 of 1,024 KB, and 511 of 2,050 KB; 999 MB hold 9 of the first.
    @Test(
        arguments: [
            (1_024, nil, nil), (2_050, nil, "info 511 of them"), (102_400, nil, "info 10 of them"),
            (102_400, 999, "warning 9 of them"), (32, nil, nil),
            (102_400, 0, nil),
        ] as [(Int, Int?, String?)])
    func changesThatFillTheMemoryAreTold(limit: Int, memory: Int?, told: String?) throws {
        let settings = DeployedSettings(
            json: .members([
                "ChangeProcessingTuning": .members(
                    memory.map { ["MemoryLimitTotal": .integer($0)] } ?? [:])
            ]))
        let profile = ProfileFixture.profile(tables)
        func found(_ type: MigrationType) -> Finding? {
            Review(
                [task("x", ["a"], slot: nil, type: type, limit: limit, settings: settings)], of: profile,
                recommending: Recommender(profile).recommend().tables, policy: Policy()
            ).findings.first { $0.id == "change-memory" }
        }
        #expect(found(.fullLoad) == nil)
        guard let told else {
            #expect(found(.cdc) == nil)
            return
        }
        let finding = try #require(found(.fullLoadAndCDC))
        #expect(told.hasPrefix("\(finding.severity)") && finding.message.contains(told.drop { $0 != " " }))
    }

    /// 8 MB are 8,192 KB, and the row takes some of it; a number that means nothing is told as such.
    @Test(
        arguments: [
            (6_145, nil, false), (8_192, nil, true), (8_192, 9, true), (8_192, 10, false), (8_192, 0, false),
        ] as [(Int, Int?, Bool)])
    func aBufferHoldsAValue(limit: Int, buffer: Int?, isTold: Bool) {
        let settings = DeployedSettings(
            json: .members([
                "StreamBufferSettings": .members(
                    buffer.map { ["StreamBufferSizeInMB": .integer($0)] } ?? [:])
            ]))
        let told = ids([task("x", ["a"], slot: nil, limit: limit, settings: settings)]) {
            $0.id == "lint-stream-buffer-too-small" && $0.remedy.contains("10 or more")
        }
        #expect(told == (isTold ? ["lint-stream-buffer-too-small task x"] : []))
    }
}
