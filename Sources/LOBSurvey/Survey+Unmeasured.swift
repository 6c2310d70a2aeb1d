import LOBProfile
import PostgreSQLClient

/// What a profile says of what was not measured.
extension Survey {
    static func largeObjectsUnmeasured(_ error: PostgreSQLError, _ stop: Gate.Stop?) -> Unmeasured {
        if case .cancelled = error {
            return Unmeasured(relation: nil, reason: stop?.reason ?? .interrupted, detail: stop?.detail)
        }
        let isRefused = error.sqlState == .insufficientPrivilege
        return Unmeasured(
            relation: nil, reason: isRefused ? .permissionDenied : .serverError,
            detail: "large objects: \(error)")
    }

    static func unmeasuredTable(_ relation: Relation, _ columns: [Column]) -> TableProfile {
        TableProfile(
            relation: relation, rows: .init(count: Int(relation.estimatedRows ?? 0), isExact: false),
            sample: nil,
            columns: columns.map { ColumnProfile(column: $0, measurement: nil) }, seconds: 0)
    }
}
