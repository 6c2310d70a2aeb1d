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
                    .error, path,
                    "\"\(path)\" is a LOB, and \(rules[index].label(at: index)) filters by it: DMS does not filter by LOBs",
                    remedy: "filter by another column", reference: GuidePage.filters)
            }
        }
    }

    private func transformations(of table: TreatedTable) -> [Finding] {
        table.transformed.map { column, action in
            let path = "\(table.name).\(column.losslessText)"
            let label = table.model.task.mapping.rules[action.rule].label(at: action.rule)
            return LintID.lobTransformation.finding(
                .warning, path,
                "\"\(path)\" is a LOB, and \(label) has the action \(action.name): of LOB columns DMS supports only "
                    + "remove-column",
                remedy: "remove the rule, or change the column on the target after the migration",
                reference: GuidePage.transformations)
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
                .error, path,
                "\"\(path)\" is a LOB, and \(label) divides the full load by its values: DMS does not take LOBs there",
                remedy: "use columns of the primary key", reference: GuidePage.tableSettings)
        }
    }

    /// Columns that rules name and the table does not have.
    private func unknown(of table: TreatedTable) -> [Finding] {
        let relation = table.table.relation
        guard let known = relation.columnNames(and: table.removed) else { return [] }
        let rules = table.model.task.mapping.rules
        let load = table.model.parallelLoad(of: relation.name).map { index, load in
            (index, "divides the full load by", Set(load.columns))
        }
        let filters =
            table.selection.isFiltered
            ? table.selection.selectedBy.map { ($0, "filters by", rules[$0].filterColumns) } : []
        return ([load].compactMap(\.self) + filters).flatMap { index, verb, columns in
            columns.map { Identifier(bytes: $0) }.filter { !known.contains($0) }.sorted().map { column in
                let path = "\(table.name).\(column.losslessText)"
                return LintID.columnUnknown.finding(
                    .error, path,
                    "\"\(path)\" does not exist, and \(rules[index].label(at: index)) \(verb) it: DMS stops the table",
                    remedy: "name a column of the table, as it is written in the catalog",
                    reference: GuidePage.tableSettings)
            }
        }
    }
}
