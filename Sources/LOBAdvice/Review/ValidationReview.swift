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
                "ValidationPartialLobSize is \(compared.count) (0 is all), but values are cut at \(smallest.count) KB: every "
                    + "cut value is reported as a mismatch",
                remedy: "set ValidationPartialLobSize to \(smallest.count)", reference: GuidePage.validation)
        ]
    }

    /// Rows are found by their key on both sides, which a LOB cannot be.
    private var textKeys: [Finding] {
        tables.compactMap { treated in
            let relation = treated.table.relation
            let key = relation.primaryKey ?? relation.keys.first(where: \.identifiesRows)
            let columns = relation.lobColumns.filter { key?.columns.contains($0.number) ?? false }
            guard let key, !columns.isEmpty else { return nil }
            let names = columns.map { "\"\($0.name.losslessText)\"" }.joined(separator: ", ")
            return LintID.validationByLOBKey.finding(
                .warning, relation.logicalName.losslessText,
                "validation is on, and the key \"\(key.name.losslessText)\" of \"\(relation.logicalName.losslessText)\" has "
                    + "LOB columns (\(names)): DMS does not validate such a table",
                remedy: "give columns of type text a length, or compare the table by other means",
                reference: GuidePage.validation)
        }
    }
}
