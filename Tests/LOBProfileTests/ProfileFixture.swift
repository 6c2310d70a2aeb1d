import SizeStatistics
import TestSupport

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// Profiles of tables that were measured in full, from the sizes of their values.
enum ProfileFixture {
    /// A table whose column 2 holds values of the given sizes.
    static func table(
        _ name: String, _ family: TypeFamily = .text, sizes: [Int64],
        keys: [UniqueIndex] = [Fixtures.key("pkey", [1])],
        root: RelationName? = nil, isMeasured: Bool = true, schema: String = "s",
        method: MeasuringMethod = .full, rows: Int? = nil
    ) -> TableProfile {
        let column = Fixtures.column(2, "body", family)
        let relation = Fixtures.relation(
            schema, name, kind: root == nil ? .table : .leaf, root: root, keys: keys, columns: [column])
        var distribution = SizeDistribution()
        for size in sizes { distribution.add(ByteCount(size)) }
        let measurement = ColumnMeasurement(method: method, distribution: distribution, largest: [])
        return TableProfile(
            relation: relation, rows: .init(count: rows ?? sizes.count, isExact: rows == nil),
            sample: nil,
            columns: [ColumnProfile(column: column, measurement: isMeasured ? measurement : nil)], seconds: 0,
            reading: .oneMoment)
    }

    static func profile(
        _ tables: [TableProfile], policy: Policy = Policy(), startedAt: Int64 = 0, database: String = "d",
        isReplica: Bool = false
    ) -> Profile {
        Profile(
            lobscopeVersion: "0", database: Identifier(database),
            server: ServerFacts(
                version: 150_018, isReplica: isReplica, encoding: "UTF8", blockSize: 8192,
                role: Identifier("r"),
                systemIdentifier: nil, hasDataChecksums: false),
            startedAt: startedAt, finishedAt: startedAt, options: PlanOptions(), policy: policy,
            tables: tables,
            largeObjects: nil,
            unmeasured: [])
    }
}
