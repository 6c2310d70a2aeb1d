extension Preflight {
    /// Columns for which no limit could be given.
    static func refused(_ tables: [TableRecommendation]) -> [Finding] {
        tables.flatMap(\.columns).compactMap { column -> Finding? in
            guard let refusal = column.estimate.refusal else { return nil }
            let path = "\(column.relation.losslessText).\(column.profile.column.name.losslessText)"
            return FindingID.estimateRefused.finding(
                .warning, path, .size(.refused(refusal, statement: column.estimate.statement)))
        }
    }
}
