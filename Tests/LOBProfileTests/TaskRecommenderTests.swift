import LOBReports
import SizeStatistics
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// Tasks from slots: documents that AWS takes, memory that fits, and what a target cannot do.
@Suite struct TaskRecommenderTests {
    private func name(_ table: String) -> RelationName {
        RelationName(schema: Identifier("s"), name: Identifier(table))
    }

    private func mapped(_ count: Int) -> [MappingTable] {
        (0..<count).map { MappingTable(name: name("table_\($0)"), lobSettings: .limited(Kibibytes(64))) }
    }

    @Test(arguments: [2000, 3000, 10_000]) func mappingsAreDividedSoThatEachFits(limit: Int) {
        let tables = mapped(60)
        let parts = MappingSplit.parts(of: tables, roots: [:], limit: limit)
        #expect(parts.count > 1)
        #expect(parts.flatMap(\.self).map(\.name).sorted() == tables.map(\.name).sorted())
        for part in parts { #expect(MappingDocument(tables: part).json.compactBytes.count <= limit) }
        #expect(MappingSplit.parts(of: tables, roots: [:], limit: 1 << 20).count == 1)
    }

    @Test func leavesStayTogetherWhereTheyFit() {
        let tables = mapped(12)
        let roots = Dictionary(
            tables.enumerated().map { ($1.name, name("root_\($0 / 4)")) },
            uniquingKeysWith: { first, _ in first })
        let weight = MappingDocument(tables: Array(tables.prefix(4))).json.compactBytes.count
        let parts = MappingSplit.parts(of: tables, roots: roots, limit: weight + 100)
        #expect(parts.map(\.count) == [4, 4, 4])
        #expect(parts.allSatisfy { Set($0.map { roots[$0.name] }).count == 1 })
    }

    @Test func aSlotOfTheServerIsNotDividedButReported() {
        let long = String(repeating: "x", count: 60)
        let tables = (0..<5000).map { ProfileFixture.table("t\($0)_\(long)", sizes: [5]) }
        let profile = ProfileFixture.profile(tables)
        let names = tables.map(\.relation.name)
        for (source, parts) in [(SlotAssignment.Source.pglogical, 1), (.file, 2), (.auto, 2)] {
            let slots = SlotAssignment(source: source, slots: [.init(name: Identifier("one"), tables: names)])
            let found = Recommender(profile.with(deployment: Deployment(slots: slots))).recommend()
            #expect(found.tasks.count == parts, "\(source)")
            let told = found.findings.filter { $0.id == "slot-mapping-too-large" }
            #expect(told.map(\.subject) == (source == .pglogical ? ["one"] : []))
            #expect(told.allSatisfy { !$0.remedy.contains("--slots") })
            let selected = found.tasks.map { $0.mapping.rules.count { $0.ruleType == .selection } }
            #expect(selected.reduce(0, +) == 5000)
        }
    }

    @Test func commitRateFitsTheMemoryOfTheInstance() throws {
        let policy = Policy(migrationType: .fullLoad, truncationOK: [try NamePattern("*")])
        let profile = ProfileFixture.profile([ProfileFixture.table("a", sizes: [3_000_000])], policy: policy)
        func rate(_ gibibytes: Int64) throws -> Int {
            let wishes = Deployment(instanceMemory: ByteCount(gibibytes << 30))
            let recommendation = Recommender(profile.with(deployment: wishes)).recommend()
            return try #require(recommendation.tasks.first).settings.commitRate
        }
        let setting = try #require(Recommender(profile).recommend().tables.first).bulkMaxSize
        let rates = try [1, 4, 16, 1024].map(rate)
        #expect(rates == rates.sorted())
        #expect(rates.last == 10_000)
        for (gibibytes, rate) in zip([1, 4, 16] as [Int64], rates) {
            let used = TaskMemory.limitedFullLoad(limit: setting, lobColumns: 1, commitRate: rate)
            let more = TaskMemory.limitedFullLoad(limit: setting, lobColumns: 1, commitRate: rate + 1)
            // A quarter is for the engine.
            #expect(used.bytes <= gibibytes * 3 << 28)
            #expect(more.bytes > gibibytes * 3 << 28)
        }
    }

    /// Tables that no rule selects are in no task: what they need raises no limit of those that are.
    @Test func aTableThatNoRuleCanSpellRaisesNoLimit() throws {
        let small = ProfileFixture.table("small", sizes: [5])
        var view = ProfileFixture.table("view", sizes: [20_000])
        view.relation.kind = .materializedView
        for target in [TargetEngine.postgres, .kafka] {
            let alone = ProfileFixture.profile([small]).with(deployment: Deployment(target: target))
            let beside = ProfileFixture.profile([small, ProfileFixture.table("100%", sizes: [20_000]), view])
                .with(deployment: Deployment(target: target))
            let (one, all) = (Recommender(alone).recommend(), Recommender(beside).recommend())
            #expect(all.tables.map(\.isSelected) == [false, true, false], "\(target)")
            #expect(all.mapping == one.mapping && all.task == one.task, "\(target)")
            #expect(all.tables[1].bulkMaxSize == one.tables[0].bulkMaxSize, "\(target)")
            #expect(all.tasks.map(\.endpoint) == one.tasks.map(\.endpoint), "\(target)")
            #expect(all.jointRisk == one.jointRisk)
        }
        // It is told, and measured all the same.
        let told = Recommender(ProfileFixture.profile([ProfileFixture.table("100%", sizes: [20_000])]))
            .recommend()
        #expect(told.findings.contains { $0.id == "name-not-spellable" })
        #expect(told.tables[0].limit == Kibibytes(40))
    }

    @Test func memoryFindingTellsBothFormulasAndTheInstance() throws {
        let policy = Policy(migrationType: .fullLoad, truncationOK: [try NamePattern("*")])
        let profile = ProfileFixture.profile([ProfileFixture.table("a", sizes: [3_000_000])], policy: policy)
        let small = profile.with(deployment: Deployment(instanceMemory: ByteCount(4 << 30)))
        let finding = try #require(
            Recommender(small).recommend().findings.first { $0.id == "task-memory" })
        #expect(finding.severity == .warning)
        #expect(finding.message.contains("the instance has 4096 MiB"))
        #expect(finding.message.contains("CommitRate x LOB columns"))
        #expect(finding.message.contains("tables in parallel"))
    }

    @Test func targetsWithoutFullLOBModeRefuseUnlimitedTables() {
        // More than limited mode can hold.
        let tables = [ProfileFixture.table("a", sizes: [80_000_000]), ProfileFixture.table("b", sizes: [5])]
        for target in TargetEngine.allCases {
            let profile = ProfileFixture.profile(tables).with(deployment: Deployment(target: target))
            let found = Recommender(profile).recommend().findings
            let refused = found.filter { $0.id == "target-no-full-lob-mode" }.map(\.subject)
            #expect(refused == (target.supportsFullLOBMode ? [] : ["s.a"]), "\(target)")
            // Where no size is large enough, none is offered.
            let remedies = found.filter { $0.id == "target-no-full-lob-mode" }.map(\.remedy)
            #expect(remedies.allSatisfy { $0.hasPrefix("no size holds every value") }, "\(target)")
            #expect(
                found.contains { $0.id == "target-no-table-lob-settings" } != target.supportsTableLOBSettings)
        }
    }

    @Test func targetsWithoutFullLOBModeGetLimitsThatHoldEveryValue() throws {
        let tables = [ProfileFixture.table("a", sizes: [5_000_000])]
        for target in TargetEngine.allCases {
            let profile = ProfileFixture.profile(tables).with(deployment: Deployment(target: target))
            let found = Recommender(profile).recommend()
            let table = try #require(found.tables.first)
            #expect(table.mode == (target.supportsFullLOBMode ? .unlimited : .limited), "\(target)")
            let task = try #require(found.tasks.first)
            #expect(task.endpoint.failsTasksOnLOBTruncation == !target.supportsFullLOBMode)
            #expect(
                found.findings.contains { $0.id == "target-no-lobs" }
                    == [.opensearch, .neptune].contains(target))
        }
    }

    @Test func aSetWithANameThatNoSlotCanHaveSetsNothingOnTheEndpoint() throws {
        let table = ProfileFixture.table("a", sizes: [5])
        let hostile = Identifier("x;FailTasksOnLobTruncation=false'; DROP")
        let slots = SlotAssignment(
            source: .pglogical,
            slots: [.init(name: hostile, tables: [table.relation.name], isOnServer: false)])
        let found = Recommender(ProfileFixture.profile([table]).with(deployment: Deployment(slots: slots)))
            .recommend()
        #expect(found.findings.filter { $0.id.hasPrefix("slot-") }.map(\.id) == ["slot-name-invalid"])
        let endpoint = try #require(found.tasks.first).endpoint
        #expect(endpoint.extraConnectionAttributes == "PluginName=PGLOGICAL;FailTasksOnLobTruncation=true")
        #expect(endpoint.json["SlotName"] == nil)
    }

    @Test func valuesLargerThanTheTargetTakesAreErrors() {
        let sizes: [(TargetEngine, Int64, Int64)] = [
            (.redshift, 30_000, 40_000), (.kinesis, 500_000, 600_000), (.kafka, 400_000, 600_000),
            (.dynamodb, 200_000, 300_000), (.documentdb, 7_000_000, 9_000_000),
        ]
        for (target, fits, tooLarge) in sizes {
            for (size, isTooLarge) in [(fits, false), (tooLarge, true)] {
                let profile = ProfileFixture.profile([ProfileFixture.table("a", sizes: [size])])
                    .with(deployment: Deployment(target: target))
                let found = Recommender(profile).recommend().findings
                #expect(
                    found.contains { $0.id == "target-value-too-large" } == isTooLarge, "\(target) \(size)")
            }
        }
    }

    @Test func targetsThatNoTaskFromPostgreSQLCanWriteToAreErrors() {
        for target in TargetEngine.allCases {
            for type in MigrationType.allCases {
                let profile = ProfileFixture.profile(
                    [ProfileFixture.table("a", sizes: [5])], policy: Policy(migrationType: type)
                )
                .with(deployment: Deployment(target: target))
                let found = Recommender(profile).recommend().findings.filter {
                    $0.id == "target-not-supported"
                }
                let isRefused = target == .db2 || target == .neptune && type != .fullLoad
                #expect(found.map(\.subject) == (isRefused ? [target.rawValue] : []), "\(target) \(type)")
                #expect(found.allSatisfy { $0.severity == .error })
            }
        }
    }

    @Test func aTargetWhoseLOBsTheGuideLeavesOpenIsSaidToBeSo() throws {
        let large = ProfileFixture.table("a", sizes: [200_000_000])
        for target in TargetEngine.allCases {
            let profile = ProfileFixture.profile([large]).with(deployment: Deployment(target: target))
            let found = Recommender(profile).recommend().findings
            let open = found.filter { $0.id == "target-lobs-undocumented" }
            #expect(open.map(\.subject) == (target == .documentdb ? ["documentdb"] : []), "\(target)")
            guard target == .documentdb else { continue }
            #expect(
                try #require(open.first).message.contains("does not document a largest LOB or full LOB mode"))
            let mode = try #require(found.first { $0.id == "target-no-full-lob-mode" })
            #expect(mode.message.contains("has no full LOB mode that is documented"))
        }
    }

    @Test func endpointOfASlotHasItsNameInBothSpellings() {
        let settings = EndpointSettings(failsTasksOnLOBTruncation: true, slot: Identifier("dms_slot_01"))
        #expect(
            settings.extraConnectionAttributes
                == "PluginName=PGLOGICAL;slotName=dms_slot_01;FailTasksOnLobTruncation=true")
        #expect(settings.json["SlotName"]?.word == "dms_slot_01")
        #expect(settings.json["PluginName"]?.word == "pglogical")
        let plain = EndpointSettings(
            failsTasksOnLOBTruncation: false, unboundedVarcharMaxSize: ByteCount(65_536))
        #expect(
            plain.extraConnectionAttributes == "FailTasksOnLobTruncation=false;unboundedVarcharMaxSize=65536")
        #expect(plain.attributesBesideJSON == "unboundedVarcharMaxSize=65536")
    }

    /// The API and extra connection attributes spell the plugin differently.
    @Test func aPluginIsSpeltAsItsReaderWantsIt() throws {
        let settings = EndpointSettings(
            failsTasksOnLOBTruncation: false, slot: Identifier("one"), plugin: .testDecoding)
        #expect(
            settings.extraConnectionAttributes
                == "PluginName=TEST_DECODING;slotName=one;FailTasksOnLobTruncation=false")
        #expect(settings.json["PluginName"]?.word == "test-decoding")
        #expect(
            EndpointSettings(failsTasksOnLOBTruncation: false, plugin: .pglogical).json["PluginName"]?.word
                == "pglogical")
        let read = EndpointDescription(attributes: Array(settings.extraConnectionAttributes.utf8)).endpoint
        #expect(read == settings.proposed && read.plugin == .testDecoding)
        // What pglogical alone cannot do is no finding.
        var table = ProfileFixture.table("a", sizes: [5])
        table.relation = Fixtures.relation(
            "s", "a", replicaIdentity: .full, keys: table.relation.keys, columns: table.relation.columns)
        let profile = ProfileFixture.profile([table])
        for (plugin, count) in [(OutputPlugin?.none, 1), (.pglogical, 1), (.testDecoding, 0)] {
            let found = Recommender(profile.with(deployment: Deployment(plugin: plugin))).recommend().findings
            #expect(found.count { $0.id == "replica-identity-full" } == count)
        }
    }

    /// AWS takes 2 MB of mapping: more tables are several tasks, each with an endpoint of its own, and none is lost or doubled.
    @Test func aMappingThatIsTooLargeIsDividedWithoutSlotsToo() throws {
        // Few tables, so that it does not take long: their names make the mapping large.
        let long = String(repeating: "x", count: 800)
        let tables = (0..<900).map { ProfileFixture.table("t\($0)_\(long)", sizes: [5]) }
        let recommendation = Recommender(ProfileFixture.profile(tables)).recommend()
        #expect(recommendation.tasks.map(\.name) == [Identifier("task_1"), Identifier("task_2")])
        #expect(recommendation.tasks.allSatisfy { $0.slot == nil })
        #expect(
            recommendation.tasks.allSatisfy { $0.mapping.jsonBytes.count <= MappingDocument.largestDocument })
        let selected = recommendation.tasks.flatMap { task in
            task.mapping.rules.filter { $0.ruleType == .selection }.compactMap(\.locator)
        }
        #expect(selected.count == 900 && Set(selected).count == 900)
        #expect(!recommendation.findings.contains { $0.id == "slot-mapping-too-large" })
    }

    /// One limit for all tables of a task, no rule that DMS would ignore, and each table judged against the task's limit.
    @Test(arguments: TargetEngine.allCases) func aTargetWithoutTableSettingsHasOneLimit(target: TargetEngine)
        throws
    {
        let tables = [
            ProfileFixture.table("small", sizes: [100]), ProfileFixture.table("large", sizes: [20_000]),
            ProfileFixture.table("beside", sizes: [9000]),
            // Nothing is known of it, and the task limits it all the same.
            ProfileFixture.table("unknown", sizes: [], isMeasured: false),
        ]
        let slots = SlotAssignment(
            source: .file,
            slots: [
                .init(name: Identifier("one"), tables: tables[0...1].map(\.relation.name)),
                .init(name: Identifier("two"), tables: tables[2...3].map(\.relation.name)),
            ])
        let profile = ProfileFixture.profile(tables, policy: Policy(migrationType: .fullLoad))
            .with(deployment: Deployment(slots: slots, target: target))
        let recommendation = Recommender(profile).recommend()
        let hasRules = recommendation.tasks.contains {
            $0.mapping.rules.contains { $0.ruleType == .tableSettings }
        }
        #expect(hasRules == target.supportsTableLOBSettings)
        guard !target.supportsTableLOBSettings else { return }
        for task in recommendation.tasks {
            let own = recommendation.tables.filter { table in
                task.mapping.rules.contains { $0.locator == table.name }
            }
            guard case .limited(let limit) = task.settings.lobs else { continue }
            #expect(own.allSatisfy { $0.mode == .limited && $0.bulkMaxSize == limit }, "\(own)")
        }
        let sizes = recommendation.tables.map { "\($0.name.name.losslessText) \($0.bulkMaxSize.count)" }
        #expect(sizes == ["beside 32", "large 63", "small 63", "unknown 32"], "\(sizes)")
        let unknown = recommendation.tables.last
        #expect(unknown?.mode == .limited && unknown?.risk == nil)
        if target.takes(.nclob) {
            let mode = try #require(
                recommendation.findings.first {
                    $0.id == "target-no-full-lob-mode" && $0.subject == "s.unknown"
                })
            #expect(mode.remedy.hasPrefix("measure the table in full"))
            if target == .redshift { #expect(mode.remedy.contains("no value needs more than 63 KB")) }
            if target == .s3 { #expect(mode.remedy.contains("no value needs more than 102400 KB")) }
        }
    }

    /// What a finding asks for is in the files: the endpoint of a task has room for the largest varchar without a length.
    @Test(
        arguments: [
            (4000, nil), (4001, 65_536), (20_000, 65_536), (40_000, 80_000), (10_000_000, 10_485_760),
            (10_485_761, nil),
        ]
            as [(Int64, Int64?)])
    func varcharWithoutALengthGetsRoom(size: Int64, setting: Int64?) throws {
        let tables = [
            ProfileFixture.table("a", .varchar, sizes: [5, size]), ProfileFixture.table("b", sizes: [50_000]),
        ]
        let recommendation = Recommender(ProfileFixture.profile(tables)).recommend()
        let endpoint = try #require(recommendation.tasks.first).endpoint
        #expect(endpoint.unboundedVarcharMaxSize == setting.map { ByteCount($0) })
        #expect(endpoint.extraConnectionAttributes.contains("unboundedVarcharMaxSize=") == (setting != nil))
    }

    /// The slot's position is a lower bound, not a start.
    @Test func startComesFromThePersonAloneAndOnlyForChanges() throws {
        let table = ProfileFixture.table("a", sizes: [5])
        let slot = SlotAssignment.Slot(
            name: Identifier("one"), tables: [table.relation.name], confirmedPosition: "0/AB")
        let slots = SlotAssignment(source: .pglogical, slots: [slot])
        func start(_ type: MigrationType, _ wanted: String?) throws -> String? {
            let profile = ProfileFixture.profile([table], policy: Policy(migrationType: type))
                .with(deployment: Deployment(slots: slots, cdcStart: wanted))
            return try #require(Recommender(profile).recommend().tasks.first).cdcStart
        }
        #expect(try start(.cdc, nil) == nil)
        #expect(try start(.cdc, "1/0") == "1/0")
        #expect(try start(.fullLoad, "1/0") == nil)
        #expect(Deployment(slots: slots, cdcStart: "0/AA").slotBeyondStart?.slot == Identifier("one"))
        for later in ["0/AB", "0/ab", "1/0"] {
            #expect(Deployment(slots: slots, cdcStart: later).slotBeyondStart == nil)
        }
    }
}
