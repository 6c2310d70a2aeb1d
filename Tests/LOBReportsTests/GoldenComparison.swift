import LOBAdvice
import LOBReports
import SizeStatistics

/// Two profiles a month apart, and a source with its target: every way in which tables differ.
enum GoldenComparison {
    private static let month: Int64 = 30 * 86_400
    private static let startedAt: Int64 = 1_763_841_600

    /// The golden report's tables, and what became of them in a month.
    static let later = Comparison(
        old: GoldenReport.report.profile,
        new: GoldenReport.report(
            of: [grown, resampled, moved, added, leaf].map(\.profile)
                + [GoldenTables.metrics, GoldenTables.events2025].map(\.profile)
                + GoldenTables.hostile.dropLast(),
            startedAt: startedAt + month, version: "0.2.0"
        ).profile)

    /// A tenth more rows, and a value larger than all before.
    private static var grown: GoldenTable {
        var table = GoldenTables.orders
        table.rows = .init(count: 1_100_001, isExact: true)
        table.columns[0].distribution?.add(ByteCount(900), count: 100_000)
        table.columns[0].distribution?.add(ByteCount(400_000))
        return table
    }

    /// Other blocks of the same values.
    private static var resampled: GoldenTable {
        var table = GoldenTables.documents
        table.columns = [GoldenTables.sampledColumn(GoldenSample(blocks: 310, rowsInBlock: 40, seed: 7))]
        return table
    }

    private static var moved: GoldenTable {
        var table = GoldenTables.settings
        table.rows = .init(count: 150, isExact: true)
        table.columns[0].distribution = SizeDistribution(counts: [40: 90, 3000: 60])
        return table
    }

    private static let added = GoldenTables.small(
        RelationName(schema: Identifier("public"), name: Identifier("notes")), oid: 17_000,
        distribution: SizeDistribution(counts: [70_000: 3]))

    private static var leaf: GoldenTable {
        var table = GoldenTables.events2025
        table.name = RelationName(schema: Identifier("public"), name: Identifier("events_2027"))
        table.oid = 17_001
        return table
    }

    /// Sources of a load, and what arrived in another schema with names in capitals.
    static let load = Comparison(
        old: GoldenReport.report(of: sources.map(\.profile), startedAt: startedAt).profile,
        new: GoldenReport.report(of: targets.map(\.profile), startedAt: startedAt + 3600, database: "target")
            .profile,
        question: .load)

    private static let sources = [
        GoldenTables.orders, GoldenTables.settings,
        small("public", "whole", [10: 5]), small("public", "short", [10: 5, 20: 2]),
        small("public", "lost", [10: 5]),
    ]

    private static var targets: [GoldenTable] {
        var orders = GoldenTables.orders
        orders.name = RelationName(schema: Identifier("dbo"), name: Identifier("ORDERS"))
        orders.columns[0].distribution = SizeDistribution(
            counts: [120: 399_988, 900: 520_012, 4000: 60_000, 9000: 17_900, 30_000: 1900, 65_536: 188],
            nulls: 12)
        return [
            orders, small("dbo", "SETTINGS", [40: 80], column: "settings"),
            small("dbo", "WHOLE", [10: 5], column: "whole"),
            small("dbo", "SHORT", [10: 5, 15: 1], nulls: 1, column: "short"), small("dbo", "EXTRA", [1: 1]),
        ]
    }

    private static func small(
        _ schema: String, _ table: String, _ counts: [Int: Int], nulls: Int = 0, column: String? = nil
    ) -> GoldenTable {
        var small = GoldenTables.small(
            RelationName(schema: Identifier(schema), name: Identifier(table)), oid: 18_000,
            distribution: SizeDistribution(counts: counts, nulls: nulls))
        if let column { small.columns[0].name = Identifier(column) }
        return small
    }
}
