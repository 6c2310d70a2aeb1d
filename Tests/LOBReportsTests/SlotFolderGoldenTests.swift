import LOBAdvice
import LOBReports
import SizeStatistics
import TestSupport
import Testing

/// The report folder of a migration with four slots: CDC-only tasks, one of them with truncations accepted, one
/// with tables that have a primary key and another unique index.
@Suite struct SlotFolderGoldenTests {
    private static let story: [(slot: String, table: String, largest: Int64, isUniqueTwice: Bool)] = [
        ("dms_slot_01", "some_table_001", 331_776, false), ("dms_slot_02", "some_table_002", 131_072, false),
        ("dms_slot_02", "some_table_003", 2000, false), ("dms_slot_03", "some_table_004", 9000, true),
        ("dms_slot_04", "some_table_005", 143_687, false),
    ]

    private static func name(_ table: String) -> RelationName {
        RelationName(schema: Identifier("public"), name: Identifier(table))
    }

    private static func report() throws -> Report {
        let tables = story.enumerated().map { index, entry in
            table(entry.table, oid: UInt32(17_000 + index), largest: entry.largest, entry.isUniqueTwice)
        }
        let slots = Dictionary(grouping: story, by: \.slot).map { slot, entries in
            SlotAssignment.Slot(
                name: Identifier(slot), tables: entries.map { name($0.table) },
                confirmedPosition: slot.utf8.elementsEqual("dms_slot_04".utf8) ? nil : "16/B374D848",
                isOnServer: true)
        }
        let plain = GoldenReport.report(of: tables).profile
        let profile = Profile(
            lobscopeVersion: plain.lobscopeVersion, database: plain.database, server: plain.server,
            startedAt: plain.startedAt, finishedAt: plain.finishedAt, options: plain.options,
            policy: Policy(truncationOK: [try NamePattern("some_table_005")]), tables: plain.tables,
            largeObjects: nil, unmeasured: [],
            deployment: Deployment(slots: SlotAssignment(source: .pglogical, slots: slots)))
        return Report(profile: profile, recommendation: Recommender(profile).recommend(), snapshotDigest: nil)
    }

    private static func table(
        _ table: String, oid: UInt32, largest: Int64, _ isUniqueTwice: Bool
    ) -> TableProfile {
        let sizes = SizeDistribution(counts: [512: 90_000, Int(largest): 1])
        let plain = GoldenTables.small(name(table), oid: oid, distribution: sizes).profile
        let relation = plain.relation
        let other = UniqueIndex(
            name: Identifier("\(table)_email_key"), columns: [3], isPrimary: false, isPartial: false,
            isImmediate: true, isValid: true, isOnNotNullColumns: true)
        let withKeys = Relation(
            oid: relation.oid, name: relation.name, kind: relation.kind, root: nil, blocks: relation.blocks,
            toastBytes: relation.toastBytes, estimatedRows: relation.estimatedRows,
            fileNode: relation.fileNode,
            accessMethod: relation.accessMethod, isRowSecurityActive: false, isSelectable: true,
            replicaIdentity: relation.replicaIdentity,
            keys: relation.keys + (isUniqueTwice ? [other] : []), columns: relation.columns, foreignKeys: [])
        return TableProfile(
            relation: withKeys, rows: plain.rows, sample: plain.sample, columns: plain.columns,
            seconds: plain.seconds, reading: .oneMoment)
    }

    @Test func everyFileOfFourSlotsIsTheGoldenFile() throws {
        let report = try Self.report()
        let slots = ["dms_slot_01", "dms_slot_02", "dms_slot_03", "dms_slot_04"]
        #expect(report.taskNames.map(\.losslessText) == slots)
        for file in report.files where file.path.utf8.contains(UInt8(ascii: "/")) {
            expect(file.bytes, matchesGolden: "slots/" + file.path)
        }
        expect(report.render(.awsCLI), matchesGolden: "slots/aws-cli.sh")
        expect(report.render(.lobTableMarkdown), matchesGolden: "slots/lob-table.md")
    }
}
