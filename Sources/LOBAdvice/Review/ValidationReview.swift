import DMS

/// What DMS's validation makes of LOBs (DMS user guide, data validation).
struct ValidationReview {
    let task: DeployedTask
    let tables: [TreatedTable]

    var findings: [Finding] {
        guard let settings = task.settings, settings.isValidationEnabled else { return [] }
        return (settings.skipsLOBsInValidation ? [] : partialSize(settings)) + textKeys
    }

    private func partialSize(_ settings: DeployedSettings) -> [Finding] {
        let compared = settings.validationPartialLOBSize
        guard let smallest = tables.filter(\.hasLOBs).compactMap(\.limit).min(),
            compared.count == 0 || compared > smallest
        else { return [] }
        return [
            LintID.partialValidation.finding(
                .warning, task.subject,
                .settings(.partialValidation(compared: compared, smallest: smallest)), .validation)
        ]
    }

    /// Rows are found by their key on both sides, which a LOB cannot be.
    private var textKeys: [Finding] {
        tables.compactMap { treated in
            let relation = treated.table.relation
            let key = relation.primaryKey ?? relation.keys.first(where: \.identifiesRows)
            let columns = relation.lobColumns.filter { key?.columns.contains($0.number) ?? false }
            guard let key, !columns.isEmpty else { return nil }
            return LintID.validationByLOBKey.finding(
                .warning, relation.logicalName.losslessText,
                .settings(
                    .validationByLOBKey(key.name, of: relation.logicalName, columns: columns.map(\.name))),
                .validation)
        }
    }
}
