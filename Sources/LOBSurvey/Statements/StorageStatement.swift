import LOBProfile
import PostgreSQLClient

/// What the values of some blocks take, how they are compressed and how many are outside of their rows; no TOAST is read.
struct StorageStatement {
    let relation: Relation
    let columns: [Column]
    let serverVersion: Int

    /// Figures for each column.
    static let width = 6

    /// Yields one row: for each column its values, their stored bytes, those compressed by pglz and by lz4, those outside,
    /// and their bytes where headers tell them.
    func statement(for blocks: [UInt32]) throws(PostgreSQLError) -> SQL {
        let source = try TableSource(relation, columns: columns)
        let numbers = blocks.map { block -> SQL in "\(block)" }.joined(separator: ",")
        let values = zip(source.quotedColumns, source.aliases).map { column, alias -> SQL in
            "\(column) AS \(alias)"
        }
        var figures: [SQL] = []
        for (index, alias) in source.aliases.enumerated() {
            let size = columns[index].family.sizeIsInHeader ? source.outerSizes[index] : nil
            figures.append(self.figures(of: alias, size: size))
        }
        return """
            SELECT \(figures.joined(separator: ", "))
              FROM pg_catalog.unnest('{\(numbers)}'::pg_catalog.int8[]) b(block) CROSS JOIN LATERAL (
                SELECT \(values.joined(separator: ", ")) FROM \(source.relation)
                 WHERE r.ctid >= ('(' || b.block || ',0)')::pg_catalog.tid
                   AND r.ctid < ('(' || b.block + 1 || ',0)')::pg_catalog.tid OFFSET 0) x
            """
    }

    private func figures(of value: SQL, size: SQL?) -> SQL {
        let stored: SQL = "pg_catalog.pg_column_size(\(value))"
        let method: SQL = "pg_catalog.pg_column_compression(\(value))"
        let bytes: SQL =
            size.map { size -> SQL in "pg_catalog.sum(\(size))::pg_catalog.int8" } ?? "NULL::pg_catalog.int8"
        return """
            pg_catalog.count(\(value)), coalesce(pg_catalog.sum(\(stored)), 0)::pg_catalog.int8,
            pg_catalog.count(*) FILTER (WHERE \(method) = 'pglz'), pg_catalog.count(*) FILTER (WHERE \(method) = 'lz4'),
            \(external(value, stored, method, size)), \(bytes)
            """
    }

    /// Before 17: a value without compression whose stored size has no header, or one that is larger than any row.
    private func external(_ value: SQL, _ stored: SQL, _ method: SQL, _ size: SQL?) -> SQL {
        guard serverVersion < 170_000 else {
            return "pg_catalog.count(pg_catalog.pg_column_toast_chunk_id(\(value)))"
        }
        let isPlain: SQL = size.map { size -> SQL in " OR \(method) IS NULL AND \(stored) = \(size)" } ?? ""
        return """
            pg_catalog.count(*) FILTER (WHERE \(method) IS NOT NULL
              AND \(stored) > (SELECT pg_catalog.current_setting('block_size')::pg_catalog.int4)\(isPlain))
            """
    }

    /// The form of a column from its figures.
    func forms(_ row: borrowing Row, blocks: Int) throws(PostgreSQLError) -> [StoredForm] {
        var forms: [StoredForm] = []
        for index in columns.indices { forms.append(try form(row, of: index, blocks: blocks)) }
        return forms
    }

    private func form(
        _ row: borrowing Row, of index: Int, blocks: Int
    ) throws(PostgreSQLError) -> StoredForm {
        let first = index * Self.width
        let (pglz, lz4) = (Int(try row.int64(first + 2)), Int(try row.int64(first + 3)))
        let isHeader = columns[index].family.sizeIsInHeader
        return StoredForm(
            blocksRead: blocks, blocksTotal: max(blocks, relation.blocks), values: Int(try row.int64(first)),
            storedBytes: try row.int64(first + 1),
            sizeBytes: isHeader ? try row.optionalInt64(first + 5) ?? 0 : nil, pglz: pglz, lz4: lz4,
            external: Int(try row.int64(first + 4)),
            externalIsLowerBound: serverVersion < 170_000 && (!isHeader || pglz + lz4 > 0))
    }
}
