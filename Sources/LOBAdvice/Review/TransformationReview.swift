/// Rules about LOB columns that DMS does not support: it can only leave such a column out, and divide a full load by none.
struct TransformationReview {
    let tables: [TreatedTable]

    var findings: [Finding] {
        tables.flatMap { transformations(of: $0) + filters(of: $0) + parallelLoad(of: $0) + unknown(of: $0) }
    }

    private func filters(of table: TreatedTable) -> [Finding] {
        guard table.selection.isFiltered else { return [] }
        let rules = table.model.task.mapping.rules
        return table.selection.selectedBy.flatMap { index -> [Finding] in
            let columns = rules[index].filterColumns
            return table.table.relation.lobColumns.map(\.name).filter { columns.contains($0.bytes) }.map {
                column in
                let path = "\(table.name).\(column.losslessText)"
                return LintID.filterByLOB.finding(
                    .error, path, .rule(.column(.filterByLOB, rule: rules[index].label(at: index))), .filters)
            }
        }
    }

    private func transformations(of table: TreatedTable) -> [Finding] {
        table.transformed.map { column, action in
            let path = "\(table.name).\(column.losslessText)"
            let label = table.model.task.mapping.rules[action.rule].label(at: action.rule)
            return LintID.lobTransformation.finding(
                .warning, path, .rule(.column(.transformation(action: action.name), rule: label)),
                .transformations)
        }
    }

    private func parallelLoad(of table: TreatedTable) -> [Finding] {
        guard let (index, load) = table.model.parallelLoad(of: table.table.relation.name) else { return [] }
        let label = table.model.task.mapping.rules[index].label(at: index)
        let lobs = table.table.relation.lobColumns.map(\.name).filter { lob in
            load.columns.contains { $0 == lob.bytes }
        }
        return lobs.map { column in
            let path = "\(table.name).\(column.losslessText)"
            return LintID.parallelLoadByLOB.finding(
                .error, path, .rule(.column(.parallelLoadByLOB, rule: label)), .tableSettings)
        }
    }

    /// Columns that rules name and the table does not have.
    private func unknown(of table: TreatedTable) -> [Finding] {
        let relation = table.table.relation
        guard let known = relation.columnNames(and: table.removed) else { return [] }
        let rules = table.model.task.mapping.rules
        let load = table.model.parallelLoad(of: relation.name).map { index, load in
            (index, true, Set(load.columns))
        }
        let filters =
            table.selection.isFiltered
            ? table.selection.selectedBy.map { ($0, false, rules[$0].filterColumns) } : []
        return ([load].compactMap(\.self) + filters).flatMap { index, isParallelLoad, columns in
            columns.map { Identifier(bytes: $0) }.filter { !known.contains($0) }.sorted().map { column in
                let path = "\(table.name).\(column.losslessText)"
                return LintID.columnUnknown.finding(
                    .error, path,
                    .rule(
                        .column(
                            .unknown(isParallelLoad: isParallelLoad), rule: rules[index].label(at: index))),
                    .tableSettings)
            }
        }
    }
}
