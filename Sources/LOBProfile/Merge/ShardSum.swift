/// The shards of a distributed table, each measured where it is, as the one table that people know.
///
/// A row is in one shard, so sizes and numbers of rows add up.
package struct ShardSum {
    private let relation: Relation
    private let shards: [TableProfile]

    /// A sum.
    ///
    /// - Parameters:
    ///   - relation: the table as its own catalog describes it.
    ///   - shards: one or more.
    package init(_ shards: [TableProfile], as relation: Relation) {
        (self.shards, self.relation) = (shards, relation)
    }

    /// The table, read as all of its shards were.
    ///
    /// - Throws: ``MergeError`` where a shard has other columns than the table, or was measured in another way than the rest.
    package func table(_ reading: TableReading) throws(MergeError) -> TableProfile {
        guard let first = shards.first else {
            return TableProfile(
                relation: relation, rows: .init(count: 0, isExact: false), sample: nil, columns: [],
                seconds: 0)
        }
        var sum = try renamed(first)
        for shard in shards.dropFirst() { sum = try TableMerge.sum(sum, try renamed(shard)) }
        (sum.reading, sum.measuredAt) = (reading, nil)
        sum.columns = sum.columns.map { column in
            // Places of shards are none of the table.
            ColumnProfile(column: column.column, measurement: column.measurement?.withoutPlaces)
        }
        sum.rows = .init(
            count: sum.rows.count, isExact: sum.rows.isExact && reading.certainty == .oneMoment)
        return sum
    }

    /// A shard under the name of the table, with its columns in their places there.
    private func renamed(_ shard: TableProfile) throws(MergeError) -> TableProfile {
        let known = Dictionary(shard.columns.map { ($0.column.name, $0) }) { first, _ in first }
        var columns: [ColumnProfile] = []
        for column in relation.columns where column.isMeasured {
            guard let found = known[column.name], found.column.isAlike(column) else {
                throw MergeError(
                    relation.name.losslessText,
                    .differs(
                        what: "a column \"\(column.name.losslessText)\"",
                        one: column.typeName.losslessText,
                        other: known[column.name]?.column.typeName.losslessText ?? "not there"))
            }
            columns.append(ColumnProfile(column: column, measurement: found.measurement))
        }
        guard columns.count == shard.columns.count else {
            throw MergeError(
                relation.name.losslessText,
                .differs(what: "columns", one: "\(columns.count)", other: "\(shard.columns.count)"))
        }
        var table = shard
        table.relation = relation
        table.columns = columns
        return table
    }
}

extension Column {
    /// Whether another catalog means the same column: OIDs of types differ between servers.
    fileprivate func isAlike(_ other: Column) -> Bool {
        typeName == other.typeName && family == other.family && declaredLength == other.declaredLength
    }
}

extension ColumnMeasurement {
    /// The same sizes without the places of the largest.
    fileprivate var withoutPlaces: ColumnMeasurement {
        ColumnMeasurement(
            method: method, distribution: distribution, largest: [], unreadBlocks: unreadBlocks,
            unreadRows: unreadRows, strata: strata, blocks: blocks, usesLZ4: usesLZ4)
    }
}
