@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// Catalog objects with everything ordinary that a test does not speak of.
enum Fixtures {
    static func relation(
        _ schema: String, _ name: String, kind: Relation.Kind = .table, root: RelationName? = nil,
        replicaIdentity: Relation.ReplicaIdentity = .default, keys: [UniqueIndex] = [], columns: [Column] = []
    ) -> Relation {
        Relation(
            oid: 16_400, name: RelationName(schema: Identifier(schema), name: Identifier(name)), kind: kind,
            root: root,
            blocks: 1, toastBytes: 0, estimatedRows: nil, fileNode: 1, accessMethod: Identifier("heap"),
            isRowSecurityActive: false, isSelectable: true,
            replicaIdentity: replicaIdentity,
            keys: keys, columns: columns)
    }

    static func column(
        _ number: Int16, _ name: String, _ family: TypeFamily, type: String? = nil,
        declaredLength: Int? = nil,
        isNotNull: Bool = false, isGenerated: Bool = false
    ) -> Column {
        Column(
            number: number, name: Identifier(name), typeName: Identifier(type ?? family.rawValue),
            typeOID: 25,
            family: family, declaredLength: declaredLength, isNotNull: isNotNull, isGenerated: isGenerated,
            isSelectable: true, storage: .extended)
    }

    static func key(
        _ name: String, _ columns: [Int16], isPrimary: Bool = true, isPartial: Bool = false,
        isImmediate: Bool = true,
        isValid: Bool = true, isOnNotNullColumns: Bool = true
    ) -> UniqueIndex {
        UniqueIndex(
            name: Identifier(name), columns: columns, isPrimary: isPrimary, isPartial: isPartial,
            isImmediate: isImmediate, isValid: isValid, isOnNotNullColumns: isOnNotNullColumns)
    }
}

extension Fixtures {
    static func estimate(_ coverage: Coverage = .exact) -> ColumnEstimate {
        ColumnEstimate(
            coverage: coverage, largest: nil, limit: nil, reasons: [], risk: .known(largest: nil),
            refusal: coverage == .refused ? .smallSample : nil)
    }
}
