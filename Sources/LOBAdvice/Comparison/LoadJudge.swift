/// Decides what of a source's table did not arrive whole in its target.
enum LoadJudge {
    /// What differs from a source's table to the target's; leaves of a partitioned table count as one.
    static func draft(_ pair: TablePairing.Pair) -> TableDraft {
        let columns = columns(LoadedColumn.columns(of: pair.old), LoadedColumn.columns(of: pair.new))
        return TableDraft(
            pair: pair, columns: columns.map(draft), outlook: nil,
            candidates: worsenings(pair.old, pair.new, columns).map { .init(worsening: $0, ground: .fact) })
    }

    private static func columns(
        _ source: [LoadedColumn], _ target: [LoadedColumn]
    ) -> [Paired<LoadedColumn>] {
        let byName = Dictionary(target.map { ($0.name.folded, $0) }) { first, _ in first }
        let known = Set(source.map(\.name.folded))
        return source.map { column in byName[column.name.folded].map { .both(column, $0) } ?? .gone(column) }
            + target.filter { !known.contains($0.name.folded) }.map { .added($0) }
    }

    private static func draft(_ pair: Paired<LoadedColumn>) -> ColumnDraft {
        let measurements = [pair.old?.measurement, pair.new?.measurement]
        return ColumnDraft(
            change: .init(
                relation: pair.known.table, name: pair.known.name, old: pair.old?.state, new: pair.new?.state,
                drift: isComparable(pair) ? SizeDrift(pair.old?.measurement, pair.new?.measurement) : nil),
            isLOB: true,
            dependsOnDraw: measurements.allSatisfy { $0 != nil }
                && measurements.contains { $0?.dependsOnDraw ?? false }, sizeProbability: nil)
    }

    /// Whether sizes are of the same bytes: json and jsonb write the same value differently.
    private static func isComparable(_ pair: Paired<LoadedColumn>) -> Bool {
        pair.old?.sizeKind == pair.new?.sizeKind
    }

    private static func worsenings(
        _ source: TableRecommendation?, _ target: TableRecommendation?, _ columns: [Paired<LoadedColumn>]
    ) -> [TableChange.Worsening] {
        guard let source else { return [] }
        guard let target else { return [.notLoaded(column: nil)] }
        let (before, after) = (TableChange.TableState(source), TableChange.TableState(target))
        let rows: [TableChange.Worsening] =
            Self.fewerRows(before, after).map { [$0] } ?? []
        return rows + columns.flatMap { worsenings($0, rowsArrived: rows.isEmpty) }
    }

    /// Rows that are missing for certain: the most that the target can have are fewer than the source has.
    private static func fewerRows(
        _ source: TableChange.TableState, _ target: TableChange.TableState
    ) -> TableChange.Worsening? {
        guard let before = source.countedRows, let after = target.countedRows ?? target.rows.atMost,
            after < before
        else { return nil }
        return .fewerRows(from: Int(before), to: Int(after))
    }

    private static func worsenings(_ pair: Paired<LoadedColumn>, rowsArrived: Bool) -> [TableChange.Worsening]
    {
        guard let source = pair.old else { return [] }
        guard let target = pair.new else { return [.notLoaded(column: source.name)] }
        var found: [TableChange.Worsening] = []
        if rowsArrived, let before = source.exactValues, let after = target.exactValues, after < before {
            found.append(.fewerValues(column: source.name, from: before, to: after))
        }
        guard isComparable(pair), let largest = source.state.largest, let arrived = target.state.largest,
            arrived < largest
        else { return found }
        let count = target.measurement?.distribution.largestSizes.entries.first?.count ?? 0
        // Two samples of a size that many values have need not have as many of them.
        if count > 1, source.state.isCounted, count > source.mostValues(of: arrived) {
            found.append(.cutAt(column: source.name, size: arrived, values: count))
        } else if target.state.isCounted {
            found.append(.smallerValue(column: source.name, from: largest, to: arrived))
        }
        return found
    }
}

/// A column of a table with all of its leaves together.
private struct LoadedColumn {
    let table: RelationName
    let name: Identifier
    let family: TypeFamily
    let state: TableChange.ColumnState
    /// nil where a leaf was not measured, or where leaves were measured in part.
    let measurement: ColumnMeasurement?

    /// What decides how many bytes a value has.
    var sizeKind: TypeFamily {
        switch family {
        case .citext, .varchar, .bpchar: .text
        default: family
        }
    }

    /// The most values that may have exactly this size.
    func mostValues(of size: ByteCount) -> Int {
        guard let sizes = measurement?.distribution else { return 0 }
        let orLarger = sizes.countAbove(ByteCount(size.bytes - 1)).upperBound
        return orLarger - sizes.countAbove(size).lowerBound
    }

    /// The number of values, where they were counted.
    var exactValues: Int? { state.isCounted && measurement?.strata == nil ? state.values : nil }

    static func columns(of table: TableRecommendation?) -> [LoadedColumn] {
        guard let table else { return [] }
        return Dictionary(grouping: table.columns, by: \.profile.column.name).values
            .compactMap { LoadedColumn($0, of: table.name) }.sorted { $0.name < $1.name }
    }

    private init?(_ leaves: [ColumnRecommendation], of table: RelationName) {
        guard let first = leaves.first else { return nil }
        self.table = table
        name = first.profile.column.name
        family = first.profile.column.family
        measurement = leaves.count == 1 ? first.profile.measurement : Self.merged(leaves)
        let isExact = leaves.allSatisfy { $0.estimate.isCounted }
        let limits = leaves.map(\.estimate.limit)
        state = TableChange.ColumnState(
            typeName: first.profile.column.typeName,
            coverage: isExact ? .exact : leaves.map(\.estimate.coverage).first { $0 != .exact } ?? .skipped,
            largest: leaves.compactMap(\.estimate.largest).max(),
            largestSize: Figure.largest(of: leaves.map(\.estimate.largestSize)) ?? .notKnown,
            limit: limits.contains(nil) ? nil : limits.compactMap(\.self).max(),
            values: measurement?.representative.count)
    }

    private static func merged(_ leaves: [ColumnRecommendation]) -> ColumnMeasurement? {
        // After two phases only some sizes were read, though the largest is known.
        guard leaves.allSatisfy({ $0.estimate.isCounted && $0.profile.measurement?.strata == nil }) else {
            return nil
        }
        var all = SizeDistribution()
        for leaf in leaves { leaf.profile.measurement.map { all.merge($0.distribution) } }
        return ColumnMeasurement(method: .full, distribution: all, largest: [])
    }
}
