/// Adds the tables of two profiles by their names.
struct TableMerge {
    private let left: Profile
    private let right: Profile
    /// When measuring began of both together.
    private let startedAt: Int64

    init(_ left: Profile, _ right: Profile) {
        self.left = left
        self.right = right
        startedAt = min(left.startedAt, right.startedAt)
    }

    /// Every table of either, numbered anew: an OID means nothing outside of its database.
    func tables() throws(MergeError) -> [TableProfile] {
        let mine = Dictionary(left.tables.map { ($0.relation.name, $0) }) { first, _ in first }
        let others = Dictionary(right.tables.map { ($0.relation.name, $0) }) { first, _ in first }
        var tables: [TableProfile] = []
        for (index, name) in Set(mine.keys).union(others.keys).sorted().enumerated() {
            let (one, other) = (mine[name], others[name])
            let moment = min(
                one?.measuredAt ?? (one == nil ? .max : left.startedAt),
                other?.measuredAt ?? (other == nil ? .max : right.startedAt))
            let relation: Relation
            let table: TableProfile
            if let one, let other {
                let (one, other) = ColumnAlignment(one, other).aligned
                relation = try RelationMerge(one.relation, other.relation).relation(oid: UInt32(index + 1))
                table = try Self.sum(one, other)
            } else if let only = one ?? other {
                relation = RelationMerge.numbered(only.relation, UInt32(index + 1))
                table = isRefused(name, in: one == nil ? left : right) ? only.unmeasured : only
            } else {
                continue
            }
            tables.append(table.of(relation, measuredAt: moment == startedAt ? nil : moment))
        }
        return tables
    }

    /// Whether a profile that has nothing of a table wanted to measure it.
    private func isRefused(_ name: RelationName, in profile: Profile) -> Bool {
        profile.unmeasured.contains { $0.relation == name }
    }

    /// The rows of two tables of the same shape, whose columns have the same places.
    static func sum(_ one: TableProfile, _ other: TableProfile) throws(MergeError) -> TableProfile {
        var columns: [ColumnProfile] = []
        for (mine, theirs) in zip(one.columns, other.columns) {
            let subject = "\(one.relation.name.losslessText).\(mine.column.name.losslessText)"
            var measurement: ColumnMeasurement?
            if let first = mine.measurement, let second = theirs.measurement {
                measurement = try first.adding(second, named: subject)
            }
            columns.append(
                ColumnProfile(
                    column: RelationMerge.column(mine.column, theirs.column), measurement: measurement))
        }
        return TableProfile(
            relation: one.relation,
            rows: .init(
                count: one.rows.count + other.rows.count, isExact: one.rows.isExact && other.rows.isExact),
            sample: try sample(one, other), columns: columns, seconds: one.seconds + other.seconds,
            insertRate: rate(one.insertRate, other.insertRate),
            reading: TableReading.together(one.reading, other.reading))
    }

    /// Nothing is known of the whole where one part is not known, or known in another way.
    private static func rate(_ one: InsertRate?, _ other: InsertRate?) -> InsertRate? {
        guard let one, let other, one.source == other.source else { return nil }
        return InsertRate(
            rowsPerSecond: one.rowsPerSecond + other.rowsPerSecond, source: one.source,
            since: min(one.since, other.since),
            arrived: one.arrived.flatMap { mine in other.arrived.map { mine + $0 } })
    }

    /// Samples are added only where they were drawn at the same rate: then the sum is a sample of the whole.
    private static func sample(
        _ one: TableProfile, _ other: TableProfile
    ) throws(MergeError) -> TableProfile.SampleOutcome? {
        guard let mine = one.sample, let theirs = other.sample else { return one.sample ?? other.sample }
        guard mine.design.method == theirs.design.method, mine.design.percent == theirs.design.percent else {
            throw MergeError(
                one.relation.name.losslessText,
                .differs(what: "a sample of", one: mine.design.text, other: theirs.design.text))
        }
        return TableProfile.SampleOutcome(
            design: SampleDesign(
                method: mine.design.method, percent: mine.design.percent,
                seed: min(mine.design.seed, theirs.design.seed)),
            blocksRead: mine.blocksRead + theirs.blocksRead,
            blocksTotal: mine.blocksTotal + theirs.blocksTotal, rowsRead: mine.rowsRead + theirs.rowsRead)
    }
}

extension SampleDesign {
    fileprivate var text: String { "\(percent) % (\(method.rawValue))" }
}

extension TableProfile {
    fileprivate func of(_ relation: Relation, measuredAt: Int64?) -> TableProfile {
        var table = self
        table.relation = relation
        table.measuredAt = measuredAt
        return table
    }

    /// The table as if nothing had been read of it: a part of it is missing.
    fileprivate var unmeasured: TableProfile {
        TableProfile(
            relation: relation, rows: .init(count: rows.count, isExact: false), sample: sample,
            columns: columns.map { ColumnProfile(column: $0.column, measurement: nil) }, seconds: seconds)
    }
}

extension TableReading {
    /// Parts are of different databases, so each may have a moment of its own; the whole is as certain as the least certain.
    static func together(_ one: TableReading?, _ other: TableReading?) -> TableReading? {
        guard let one, let other else { return nil }
        let order = TableReading.Certainty.allCases
        let ranks = [one, other].compactMap { order.firstIndex(of: $0.certainty) }
        let changed = [one.changedVersions, other.changedVersions].compactMap(\.self)
        return TableReading(
            certainty: order[ranks.max() ?? 0],
            moment: [one.moment, other.moment].min { $0.precedes($1) } ?? one.moment,
            heldSeconds: max(one.heldSeconds, other.heldSeconds),
            snapshots: max(one.snapshots, other.snapshots),
            changedVersions: changed.isEmpty ? nil : changed.reduce(0, +),
            reader: one.reader == other.reader ? one.reader : nil)
    }
}
