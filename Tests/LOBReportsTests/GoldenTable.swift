import LOBAdvice
import SizeStatistics
import TestSupport

/// A relation of the golden report, to be filled in.
struct GoldenTable {
    var name: RelationName
    var oid: UInt32
    var kind = Relation.Kind.table
    var root: RelationName?
    var rows: TableProfile.RowCount
    var sample: TableProfile.SampleOutcome?
    var columns: [GoldenColumn] = []
    var hasKey = true
    var reading: TableReading? = .oneMoment

    /// What a survey would have stored of it.
    var profile: TableProfile {
        let key = UniqueIndex(
            name: Identifier("pkey"), columns: [1], isPrimary: true, isPartial: false, isImmediate: true,
            isValid: true, isOnNotNullColumns: true)
        let relation = Relation(
            oid: oid, name: name, kind: kind, root: root, blocks: 1234, toastBytes: 0,
            estimatedRows: Double(rows.count), fileNode: oid, accessMethod: Identifier("heap"),
            isRowSecurityActive: false, isSelectable: true,
            replicaIdentity: .default,
            keys: hasKey ? [key] : [], columns: columns.map(\.column),
            census: .init(columns: columns.count + 1, harmless: 1, virtual: []))
        return TableProfile(
            relation: relation, rows: rows, sample: sample, columns: columns.map(\.profile), seconds: 1.25,
            reading: columns.contains { $0.distribution != nil } ? reading : nil)
    }
}

/// A column of the golden report, to be filled in.
struct GoldenColumn {
    var name: Identifier
    var number: Int16 = 2
    var type: String
    var family: TypeFamily
    var isNotNull = false
    var method = MeasuringMethod.full
    /// nil where it was not measured.
    var distribution: SizeDistribution?
    var blocks: BlockSummary?
    var strata: StoredSizeStrata?

    /// As the catalog describes it.
    var column: Column {
        Column(
            number: number, name: name, typeName: Identifier(type), typeOID: 25, family: family,
            declaredLength: nil,
            isNotNull: isNotNull, isGenerated: false, isSelectable: true, storage: .extended)
    }

    /// What a survey would have stored of it.
    var profile: ColumnProfile {
        let measurement = distribution.map { distribution in
            let largest = distribution.largest.map { [LocatedSize(size: $0, block: 17, offset: 3)] } ?? []
            return ColumnMeasurement(
                method: method, distribution: distribution, largest: largest, strata: strata, blocks: blocks)
        }
        return ColumnProfile(column: column, measurement: measurement)
    }
}
