import SizeStatistics

@testable import LOBProfile

/// Profiles of tables that were measured in full, from the sizes of their values.
enum ProfileFixture {
    /// A table whose column 2 holds values of the given sizes.
    static func table(
        _ name: String, _ family: TypeFamily = .text, sizes: [Int64],
        keys: [UniqueIndex] = [Fixtures.key("pkey", [1])],
        root: RelationName? = nil, isMeasured: Bool = true
    ) -> TableProfile {
        let column = Fixtures.column(2, "body", family)
        let relation = Fixtures.relation(
            "s", name, kind: root == nil ? .table : .leaf, root: root, keys: keys, columns: [column])
        var distribution = SizeDistribution()
        for size in sizes { distribution.add(ByteCount(size)) }
        let measurement = ColumnMeasurement(method: .full, distribution: distribution, largest: [])
        return TableProfile(
            relation: relation, rows: .init(count: sizes.count, isExact: true), sample: nil,
            columns: [ColumnProfile(column: column, measurement: isMeasured ? measurement : nil)], seconds: 0)
    }

    static func profile(_ tables: [TableProfile], policy: Policy = Policy()) -> Profile {
        Profile(
            lobscopeVersion: "0", database: Identifier("d"),
            server: ServerFacts(
                version: 150_018, isReplica: false, encoding: "UTF8", blockSize: 8192, role: Identifier("r"),
                systemIdentifier: nil, hasDataChecksums: false),
            startedAt: 0, finishedAt: 0, options: PlanOptions(), policy: policy, tables: tables,
            largeObjects: nil,
            unmeasured: [])
    }
}
