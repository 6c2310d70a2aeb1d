import LOBReports
import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// Replication sets, files and proposals become slots with tables.
@Suite struct SlotAssignmentTests {
    private func name(_ table: String) -> RelationName {
        RelationName(schema: Identifier("s"), name: Identifier(table))
    }

    private func set(
        _ name: String, _ tables: [String], columns: [String]? = nil,
        changes: Set<RowChange> = Set(RowChange.allCases)
    ) -> ReplicationSet {
        ReplicationSet(
            name: Identifier(name),
            tables: tables.map {
                .init(name: self.name($0), columns: columns?.map { Identifier($0) }, hasRowFilter: false)
            }, changes: changes)
    }

    private func slot(_ name: String) -> LogicalSlot {
        LogicalSlot(name: Identifier(name), confirmedPosition: "0/1")
    }

    private func names(_ assignment: SlotAssignment) -> [String] { assignment.slots.map(\.name.losslessText) }

    private func tables(_ assignment: SlotAssignment, _ slot: String) -> [String] {
        assignment.slots.filter { $0.name == Identifier(slot) }.flatMap(\.tables).map(\.name.losslessText)
    }

    @Test func bothSetsOfASlotAreOne() {
        let assignment = SlotAssignment(
            sets: [set("one", ["a", "b"]), set("ione", ["a", "b", "keyless"]), set("two", ["c"])],
            slots: [slot("one")])
        #expect(names(assignment) == ["one", "two"])
        #expect(tables(assignment, "one") == ["a", "b", "keyless"])
        #expect(assignment.slots.map(\.isOnServer) == [true, false])
        #expect(assignment.slots.map(\.confirmedPosition) == ["0/1", nil])
    }

    /// Inserts come by one set of a slot, updates and deletes by the other: a table that is in one only loses the rest.
    @Test func aTableInHalfOfAPairIsAnError() throws {
        let unique = [Fixtures.key("pkey", [1])]
        let measured =
            ["both", "changed", "inserted"].map {
                ProfileFixture.table($0, sizes: [5], keys: unique)
            } + [ProfileFixture.table("keyless", sizes: [5], keys: [])]
        let assignment = SlotAssignment(
            sets: [
                set("one", ["both", "changed"], changes: [.update, .delete]),
                set("ione", ["both", "inserted", "keyless"], changes: [.insert]),
            ], slots: [slot("one")])
        let profile = ProfileFixture.profile(measured).with(deployment: Deployment(slots: assignment))
        let found = Recommender(profile).recommend().findings.filter { $0.id == "slot-changes-missing" }
        #expect(found.map(\.subject) == ["s.changed", "s.inserted"])
        #expect(found.allSatisfy { $0.severity == .error })
        #expect(found[0].message.contains("no replication set of it that replicates inserts:"))
        #expect(
            found[0].remedy == #"SELECT pglogical.replication_set_add_table('ione', '"s"."changed"');"#)
        #expect(found[1].message.contains("that replicates updates and deletes:"))
        #expect(
            found[1].remedy == #"SELECT pglogical.replication_set_add_table('one', '"s"."inserted"');"#)
    }

    /// A slot keeps its plugin, whatever the endpoint says; pglogical's library has two names.
    @Test(
        arguments: [
            ("pglogical", OutputPlugin?.none, true), ("pglogical_output", nil, true),
            ("test_decoding", nil, false),
            ("test_decoding", .testDecoding, true), ("pglogical_output", .testDecoding, false),
            ("wal2json", nil, false),
        ] as [(String, OutputPlugin?, Bool)])
    func aSlotOfAnotherPluginIsAnError(plugin: String, wanted: OutputPlugin?, isRight: Bool) {
        let table = ProfileFixture.table("a", sizes: [5])
        let slots = SlotAssignment(
            source: .file,
            slots: [.init(name: Identifier("one"), tables: [table.relation.name], plugin: plugin)])
        let profile = ProfileFixture.profile([table]).with(
            deployment: Deployment(slots: slots, plugin: wanted))
        let found = Recommender(profile).recommend().findings.filter { $0.id == "slot-plugin-differs" }
        #expect(found.isEmpty == isRight)
    }

    @Test func aNameThatBeginsWithIIsTakenForASecondSetOnlyWhereTheRestIsKnown() {
        let alone = SlotAssignment(sets: [set("invoices", ["a"])], slots: [])
        #expect(names(alone) == ["invoices"])
        // Only keyless tables: there is no set S, but a slot S.
        let bySlot = SlotAssignment(sets: [set("ione", ["a"])], slots: [slot("one")])
        #expect(names(bySlot) == ["one"])
        #expect(tables(bySlot, "one") == ["a"])
    }

    @Test func builtInSetsAreNoSlotsUnlessASlotHasTheirName() {
        let sets = [
            set("default", ["a"]), set("default_insert_only", ["b"]), set("ddl_sql", ["c"]),
            set("one", ["d"]),
        ]
        #expect(names(SlotAssignment(sets: sets, slots: [])) == ["one"])
        #expect(names(SlotAssignment(sets: sets, slots: [slot("default")])) == ["default", "one"])
    }

    @Test func aColumnListHoldsOnlyWhereEverySetHasOne() throws {
        let both = SlotAssignment(
            sets: [set("one", ["a"], columns: ["id", "x"]), set("ione", ["a"], columns: ["id", "y"])],
            slots: [])
        #expect(both.carriedColumns(of: name("a")) == Set(["id", "x", "y"].map { Identifier($0) }))
        let whole = SlotAssignment(
            sets: [set("one", ["a"], columns: ["id"]), set("ione", ["a"])], slots: [])
        #expect(whole.carriedColumns(of: name("a")) == nil)
        #expect(try #require(whole.slots.first).columnLists.isEmpty)
    }

    @Test func whatNoSlotCarriesIsNotCounted() throws {
        let table = ProfileFixture.table("a", sizes: [5_000_000])
        let listed = SlotAssignment(sets: [set("one", ["a"], columns: ["id"])], slots: [])
        let whole = SlotAssignment(sets: [set("one", ["a"])], slots: [])
        let counted = Recommender(ProfileFixture.profile([table]).with(deployment: Deployment(slots: whole)))
            .recommend()
        #expect(counted.tables.first?.mode == .unlimited)
        let profile = ProfileFixture.profile([table]).with(deployment: Deployment(slots: listed))
        let recommendation = Recommender(profile).recommend()
        #expect(recommendation.tables.isEmpty)
        let task = try #require(recommendation.tasks.first)
        #expect(task.mapping.rules.map(\.ruleType) == [.selection])
        let found = recommendation.findings.filter { $0.id == "slot-column-not-replicated" }
        #expect(found.map(\.subject) == ["s.a.body"])
        // A deployed limit below the values of that column is no finding either.
        let mapping = MappingDocument(tables: [
            MappingTable(name: name("a"), lobSettings: .limited(Kibibytes(1)))
        ])
        let lint = Review(
            [DeployedTask(mapping: mapping, settings: nil)], of: profile,
            recommending: recommendation.tables, policy: Policy()
        ).findings
        #expect(!lint.contains { $0.id == "lint-limit-too-small" })
    }

    /// The endpoint's switch looks at every table of its task: what may be cut has a task of its own where the switch is on.
    @Test func whatMayBeCutHasASlotOfItsOwnWhereOthersMustNot() throws {
        let measured = ["cut", "kept"].map { ProfileFixture.table($0, sizes: [5]) }
        let policy = Policy(truncationOK: [try NamePattern("cut")])
        for (tables, expected) in [
            (measured, ["lob_batch", "lob_truncated"]), ([measured[0]], ["lob_batch"]),
        ] {
            let profile = ProfileFixture.profile(tables, policy: policy)
            let proposal = SlotProposal.propose(
                profile, recommending: Recommender(profile).recommend().tables)
            #expect(names(proposal) == expected)
            let recommended = Recommender(profile.with(deployment: Deployment(slots: proposal))).recommend()
            #expect(!recommended.findings.contains { $0.id == "truncation-stops-task" })
            #expect(
                recommended.tasks.map(\.endpoint.failsTasksOnLOBTruncation)
                    == (expected.count == 2 ? [true, false] : [false]))
        }
        let together = Recommender(ProfileFixture.profile(measured, policy: policy)).recommend()
        #expect(together.findings.contains { $0.id == "truncation-stops-task" })
    }

    @Test func proposalsHaveAtMostThreeGroupsAndKeepLeavesTogether() {
        let unique = [Fixtures.key("pkey", [1]), Fixtures.key("other", [2], isPrimary: false)]
        let root = name("root")
        let measured = [
            ProfileFixture.table("large", sizes: [5_000_000], keys: unique),
            ProfileFixture.table("twice", sizes: [5], keys: unique),
            ProfileFixture.table("plain", sizes: [5]),
            ProfileFixture.table("leaf_1", sizes: [5], keys: unique, root: root),
            ProfileFixture.table("leaf_2", sizes: [5], root: root),
        ]
        let profile = ProfileFixture.profile(measured)
        let proposal = SlotProposal.propose(
            profile, recommending: Recommender(profile).recommend().tables)
        #expect(names(proposal) == ["lob_batch", "lob_rowwise", "lob_unlimited"])
        #expect(tables(proposal, "lob_batch") == ["plain"])
        #expect(tables(proposal, "lob_rowwise") == ["leaf_1", "leaf_2", "twice"])
        #expect(tables(proposal, "lob_unlimited") == ["large"])
        let recommended = Recommender(profile.with(deployment: Deployment(slots: proposal))).recommend()
        #expect(recommended.tasks.map(\.settings.isBatchApplyEnabled) == [true, false, false])
        #expect(
            recommended.tasks.map(\.settings.lobs) == [
                .limited(Kibibytes(32)), .limited(Kibibytes(32)), .full,
            ])
        #expect(recommended.findings.allSatisfy { !$0.id.utf8.starts(with: "slot-".utf8) })
    }

    @Test func filesNameTheLineOfWhatIsWrong() throws {
        let relations = ["a", "b"].map { Fixtures.relation("s", $0) }
        let pattern = { (text: String, line: Int) throws in
            SlotFile.Pattern(pattern: try NamePattern(text), line: line)
        }
        let first = SlotFile.Slot(name: Identifier("one"), line: 2, tables: [try pattern("s.*", 4)])
        let assignment = try SlotFile(slots: [first]).assignment(of: relations)
        #expect(tables(assignment, "one") == ["a", "b"])
        let second = SlotFile.Slot(name: Identifier("two"), line: 5, tables: [try pattern("b", 7)])
        let twice = #expect(throws: SlotFileError.self) {
            try SlotFile(slots: [first, second]).assignment(of: relations)
        }
        #expect(twice?.line == 7)
        let nothing = SlotFile.Slot(name: Identifier("one"), line: 2, tables: [try pattern("nope", 9)])
        let missing = #expect(throws: SlotFileError.self) {
            try SlotFile(slots: [nothing]).assignment(of: relations)
        }
        #expect(missing?.line == 9)
        #expect("\(try #require(missing))".contains("line 9: \"nope\" matches no table"))
    }

    @Test func foreignKeysIntoAnotherSlotAreToldOnceForEachPairOfTables() throws {
        let keys = ["fk", "fk_too"].map { ForeignKey(name: Identifier($0), references: name("a")) }
        let child = relation("b", keys)
        let profile = ProfileFixture.profile([relation("a", []), child, relation("c", keys)])
        let slots = SlotAssignment(
            source: .file,
            slots: [
                .init(name: Identifier("one"), tables: [name("a"), name("c")]),
                .init(name: Identifier("two"), tables: [name("b")]),
            ])
        let found = Recommender(profile.with(deployment: Deployment(slots: slots))).recommend().findings
        #expect(found.filter { $0.id == "foreign-key-crosses-slots" }.map(\.subject) == ["s.b"])
    }

    /// Of slots that nobody but us has proposed, it is one finding with their number.
    @Test func foreignKeysThatCrossProposedSlotsAreToldAtOnce() throws {
        let key = ForeignKey(name: Identifier("fk"), references: name("a"))
        let profile = ProfileFixture.profile([relation("a", []), relation("b", [key]), relation("c", [key])])
        let slots = SlotAssignment(
            source: .auto,
            slots: [
                .init(name: Identifier("one"), tables: [name("a")]),
                .init(name: Identifier("two"), tables: [name("b"), name("c")]),
            ])
        let found = Recommender(profile.with(deployment: Deployment(slots: slots))).recommend().findings
            .filter { $0.id == "foreign-key-crosses-slots" }
        #expect(found.map(\.subject) == ["slots"])
        #expect(try #require(found.first).message.contains("foreign keys of 2 tables"))
    }

    /// Batches know no order of tables: they are off where the target checks foreign keys, which is said, and on where the
    /// user says that it does not; a target that wants batches has no such keys.
    @Test(arguments: [
        (TargetEngine.postgres, nil as Bool?, false), (.postgres, true, false), (.postgres, false, true),
        (.redshift, nil, true), (.s3, nil, false), (.documentdb, nil, true), (.documentdb, true, false),
    ])
    func foreignKeysRuleBatchesOutUnlessSaid(target: TargetEngine, checks: Bool?, isOn: Bool) throws {
        let key = ForeignKey(name: Identifier("fk"), references: name("a"))
        let profile = ProfileFixture.profile([relation("a", []), relation("b", [key])]).with(
            deployment: Deployment(target: target, targetChecksForeignKeys: checks))
        let recommended = Recommender(profile).recommend()
        #expect(recommended.tasks.map(\.settings.isBatchApplyEnabled) == [isOn])
        let told = recommended.findings.filter { $0.id == "lint-batch-apply-off-for-foreign-keys" }
        #expect(told.count == (isOn || target == .s3 ? 0 : 1))
        #expect(told.allSatisfy { $0.severity == .info && $0.message.contains("\"s.b\" has foreign keys") })
        #expect(!recommended.findings.contains { $0.id == "lint-batch-apply-with-foreign-keys" })
        // The same files where nobody has said anything.
        let unsaid = profile.with(deployment: Deployment(target: target))
        let found = Review(
            recommended.tasks.map(\.deployed), of: unsaid, recommending: recommended.tables, policy: Policy()
        ).findings.filter { $0.id == "lint-batch-apply-with-foreign-keys" }
        #expect(found.map(\.severity) == (target == .postgres && isOn ? [.warning] : []))
    }

    /// A row comes after the one that it refers to only where one task applies both, row by row.
    @Test(arguments: [(nil as Bool?, ["a", "b", "c", "self"]), (false, [])])
    func proposedSlotsKeepForeignKeysTogether(checks: Bool?, rowwise: [String]) {
        let tables = [
            relation("a", []), relation("b", [ForeignKey(name: Identifier("fk"), references: name("a"))]),
            relation("c", [ForeignKey(name: Identifier("fk"), references: name("b"))]),
            relation("self", [ForeignKey(name: Identifier("fk"), references: name("self"))]),
            relation("free", []),
        ]
        let profile = ProfileFixture.profile(tables).with(
            deployment: Deployment(targetChecksForeignKeys: checks))
        let proposal = SlotProposal.propose(
            profile, recommending: Recommender(profile).recommend().tables)
        #expect(self.tables(proposal, "lob_rowwise") == rowwise)
        let deployment = Deployment(slots: proposal, targetChecksForeignKeys: checks)
        let found = Recommender(profile.with(deployment: deployment)).recommend().findings
        #expect(!found.contains { $0.id == "foreign-key-crosses-slots" })
    }

    private func relation(_ table: String, _ keys: [ForeignKey]) -> TableProfile {
        let plain = ProfileFixture.table(table, sizes: [5])
        let relation = plain.relation
        let withKeys = Relation(
            oid: relation.oid, name: relation.name, kind: relation.kind, root: nil, blocks: 1, toastBytes: 0,
            estimatedRows: nil, fileNode: 1, accessMethod: nil, isRowSecurityActive: false,
            isSelectable: true,
            replicaIdentity: .default, keys: relation.keys,
            columns: relation.columns,
            foreignKeys: keys)
        return TableProfile(
            relation: withKeys, rows: plain.rows, sample: nil, columns: plain.columns, seconds: 0,
            reading: .oneMoment)
    }

    @Test func aReplicaSaysNothingOfSlotsOfItsPrimary() throws {
        let table = ProfileFixture.table("a", sizes: [5])
        let slots = SlotAssignment(
            source: .pglogical,
            slots: [.init(name: Identifier("one"), tables: [table.relation.name], isOnServer: false)])
        func found(isReplica: Bool, _ type: MigrationType = .cdc) -> [Finding] {
            let profile = ProfileFixture.profile(
                [table], policy: Policy(migrationType: type), isReplica: isReplica)
            return Recommender(profile.with(deployment: Deployment(slots: slots))).recommend().findings
        }
        // A task that captures changes cannot start without its slot; a full load reads none.
        for (type, severity) in [(MigrationType.cdc, Finding.Severity.warning), (.fullLoad, .info)] {
            let told = found(isReplica: false, type).filter { $0.id == "slot-not-on-server" }
            #expect(told.map(\.severity) == [severity])
        }
        let onReplica = found(isReplica: true)
        #expect(
            !onReplica.contains { $0.id == "slot-not-on-server" || $0.remedy.contains("pg_create_logical") })
        let reason = try #require(onReplica.first { $0.id == "slot-on-primary-only" })
        #expect(reason.message.contains("slots of the primary are not on its replicas"))
    }

    @Test func aSlotWithoutATableInScopeHasNoTask() {
        let profile = ProfileFixture.profile([ProfileFixture.table("a", sizes: [5])])
        let slots = SlotAssignment(
            sets: [set("one", ["a"]), set("two", ["gone"])], slots: [slot("one"), slot("two")])
        let found = Recommender(profile.with(deployment: Deployment(slots: slots))).recommend()
        #expect(found.tasks.map(\.slot) == [Identifier("one")])
        #expect(found.tasks.allSatisfy { $0.mapping.hasSelection })
        let none = Recommender(ProfileFixture.profile([]).with(deployment: Deployment(slots: slots)))
            .recommend()
        #expect(none.tasks.count == 1 && none.tasks[0].slot == nil && !none.mapping.hasSelection)
    }

    @Test func tablesWithoutASlotAndInTwoSlotsAreFound() {
        let profile = ProfileFixture.profile(["a", "b"].map { ProfileFixture.table($0, sizes: [5]) })
        let slots = SlotAssignment(
            sets: [set("one", ["a", "gone"]), set("two", ["a"])], slots: [slot("one"), slot("two")])
        let found = Recommender(profile.with(deployment: Deployment(slots: slots))).recommend().findings
        #expect(found.filter { $0.id == "slot-table-missing" }.map(\.subject) == ["s.b"])
        #expect(found.filter { $0.id == "slot-table-repeated" }.map(\.severity) == [.error])
        #expect(found.filter { $0.id == "slot-table-out-of-scope" }.map(\.subject) == ["s.gone"])
    }
}
