import LOBProfile
import PostgreSQLClient

/// What a profile says of what was not measured.
extension Survey {
    /// - Parameter part: what of the large objects is missing; nil where everything is.
    static func largeObjectsUnmeasured(
        _ error: PostgreSQLError, _ stop: Gate.Stop?, of part: String? = nil
    ) -> Unmeasured {
        if case .cancelled = error {
            let details = [part, stop?.detail].compactMap { $0 }
            return Unmeasured(
                relation: nil, reason: stop?.reason ?? .interrupted,
                detail: details.isEmpty ? nil : details.joined(separator: ": "))
        }
        let reason: Unmeasured.Reason =
            if error.isElsewhere {
                .otherServer
            } else if error.isConnectionLost || error.isRefusedConnection {
                .connectionLost
            } else {
                error.sqlState == .insufficientPrivilege ? .permissionDenied : .serverError
            }
        return Unmeasured(relation: nil, reason: reason, detail: "\(part ?? "large objects"): \(error)")
    }

    /// A table of which nothing was read.
    static func unmeasuredTable(_ relation: Relation) -> TableProfile {
        TableProfile(
            relation: relation, rows: .init(count: Int(relation.estimatedRows ?? 0), isExact: false),
            sample: nil,
            columns: relation.columns.filter(\.isMeasured).map {
                ColumnProfile(column: $0, measurement: nil)
            }, seconds: 0)
    }
}
