import LOBAdvice
import SizeStatistics
import TestSupport

/// The relations of the golden report.
enum GoldenTables {
    static let all =
        [
            orders, metrics, events2025, events2026, documents, drafts, letters, settings, cache, numbers,
            empty, moving, older,
        ].map(
            \.profile)
        + hostile

    static let unmeasured = [
        Unmeasured(relation: letters.name, reason: .permissionDenied, detail: "SQLSTATE 42501")
    ]

    private static func name(_ schema: String, _ table: String) -> RelationName {
        RelationName(schema: Identifier(schema), name: Identifier(table))
    }

    private static func exactly(_ rows: Int) -> TableProfile.RowCount { .init(count: rows, isExact: true) }

    /// Sizes that fall off as those of real documents do.
    private static let documentSizes = [
        120: 399_988, 900: 520_012, 4000: 60_000, 9000: 17_900, 30_000: 1900, 66_000: 160, 140_000: 27,
        331_776: 1,
    ]

    static let orders = GoldenTable(
        name: name("public", "orders"), oid: 16_412, rows: exactly(1_000_000),
        columns: [
            GoldenColumn(
                name: Identifier("payload"), type: "text", family: .text, isNotNull: true,
                distribution: SizeDistribution(counts: documentSizes, nulls: 12)),
            GoldenColumn(
                name: Identifier("note"), number: 3, type: "character varying", family: .varchar,
                distribution: SizeDistribution(counts: [20: 999_959, 9000: 41])),
        ])

    static let events2025 = leaf("events_2025", oid: 16_430, largest: 70_000)
    private static let events2026 = leaf("events_2026", oid: 16_436, largest: 20_000, reading: .caughtUp)

    private static func leaf(
        _ table: String, oid: UInt32, largest: Int, reading: TableReading = .oneMoment
    ) -> GoldenTable {
        GoldenTable(
            name: name("public", table), oid: oid, kind: .leaf, root: name("public", "events"),
            rows: exactly(5000),
            columns: [
                GoldenColumn(
                    name: Identifier("body"), type: "bytea", family: .bytea,
                    distribution: SizeDistribution(counts: [0: 10, 300: 4989, largest: 1]))
            ],
            hasKey: false, reading: reading)
    }

    /// Read in two moments, with rows that may have moved meanwhile.
    private static var moving: GoldenTable {
        var table = small(
            name("secret", "moving"), oid: 16_492, distribution: SizeDistribution(counts: [50: 40, 7000: 1]))
        table.reading = .severalMoments
        return table
    }

    /// As a version that recorded no moment would have left it.
    private static var older: GoldenTable {
        var table = small(
            name("secret", "older"), oid: 16_493, distribution: SizeDistribution(counts: [50: 40, 900: 2]))
        table.reading = nil
        return table
    }

    static let metrics = GoldenTable(
        name: name("public", "metrics"), oid: 16_440, rows: exactly(20_000), columns: [twoPhaseColumn])

    /// 20,000 stored sizes, the 100 largest of them and 60 others read in full: each is 3 to 4 times as large.
    private static var twoPhaseColumn: GoldenColumn {
        var (distribution, strata) = (SizeDistribution(), StoredSizeStrata())
        for row in 1...20_000 {
            let stored = ByteCount(Int64(100 + 400_000 / (row + 9)))
            let size = ByteCount(stored.bytes * 3 + stored.bytes * Int64(row % 7) / 7)
            strata.add(stored: stored)
            let (isLargest, isRandom) = (row <= 100, row % 331 == 0)
            if isLargest { strata.addLargest(stored: stored, size: size) }
            if isRandom, !isLargest { strata.addRandom(stored: stored, size: size) }
            if isLargest || isRandom { distribution.add(size) }
        }
        return GoldenColumn(
            name: Identifier("series"), type: "jsonb", family: .jsonb, method: .twoPhase,
            distribution: distribution, strata: strata)
    }

    static let documents = GoldenTable(
        name: name("archive", "documents"), oid: 16_450, rows: .init(count: 50_000, isExact: false),
        sample: .init(
            design: SampleDesign(method: .system, percent: 5, seed: 20_261_122), blocksRead: 310,
            blocksTotal: 1234,
            rowsRead: 12_710),
        columns: [sampledColumn(GoldenSample(blocks: 310, rowsInBlock: 40))])

    private static let drafts = GoldenTable(
        name: name("archive", "drafts"), oid: 16_460, rows: .init(count: 900_000, isExact: false),
        sample: .init(
            design: SampleDesign(method: .system, percent: 5, seed: 20_261_122), blocksRead: 2,
            blocksTotal: 90_000,
            rowsRead: 22),
        columns: [sampledColumn(GoldenSample(blocks: 2, rowsInBlock: 10))])

    static func sampledColumn(_ sample: GoldenSample) -> GoldenColumn {
        GoldenColumn(
            name: Identifier("doc"), type: "jsonb", family: .jsonb, method: .sample,
            distribution: sample.distribution, blocks: sample.summary)
    }

    private static let letters = GoldenTable(
        name: name("secret", "letters"), oid: 16_470, rows: .init(count: 77, isExact: false),
        columns: [GoldenColumn(name: Identifier("body"), type: "text", family: .text)])

    static let settings = small(
        name("public", "settings"), oid: 16_480, distribution: SizeDistribution(counts: [40: 90, 3000: 2]))

    private static let empty = small(name("public", "empty"), oid: 16_481, distribution: SizeDistribution())

    private static let cache = GoldenTable(
        name: name("public", "report_cache"), oid: 16_490, kind: .materializedView, rows: exactly(12),
        columns: [
            GoldenColumn(
                name: Identifier("html"), type: "xml", family: .xml,
                distribution: SizeDistribution(counts: [200_000: 12]))
        ])

    private static let numbers = GoldenTable(name: name("public", "numbers"), oid: 16_491, rows: exactly(12))

    /// A table with one text column of the same name.
    static func small(_ name: RelationName, oid: UInt32, distribution: SizeDistribution) -> GoldenTable {
        GoldenTable(
            name: name, oid: oid, rows: exactly(distribution.rows),
            columns: [
                GoldenColumn(name: name.name, type: "text", family: .text, distribution: distribution)
            ])
    }

    static let hostile = HostileNames.all.enumerated().map { index, table in
        small(
            RelationName(schema: Identifier("hostile"), name: table), oid: 20_000 + UInt32(index),
            distribution: SizeDistribution(counts: [10: index + 1, 1000 + index: 1])
        ).profile
    }
}
