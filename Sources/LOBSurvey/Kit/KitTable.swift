import LOBProfile
import SizeStatistics

/// What the answers of the offline kit say of one table, put together from its parts.
struct KitTable: Sendable {
    private var columns: [Int16: KitColumn] = [:]
    private var isHidden = false

    /// Adds a line; false where its numbers contradict each other.
    mutating func add(_ line: KitSizesLine) -> Bool {
        isHidden = isHidden || line.isHidden
        return line.columns.allSatisfy { column in
            columns[column.number, default: KitColumn(family: column.family, parts: line.parts)].add(
                column, line)
        }
    }

    /// A table's profile, with what is missing of it.
    ///
    /// - Parameter reading: the moment that all was read in.
    func profile(
        of plan: TablePlan, _ reading: TableReading
    ) -> (profile: TableProfile, unmeasured: [Unmeasured]) {
        let relation = plan.relation
        let known = plan.columns.map(\.column).filter { columns[$0.number]?.isWhole(of: $0) ?? false }
        guard let first = known.first, let rows = columns[first.number]?.rows, !hides(rows, of: relation)
        else {
            return (Survey.unmeasuredTable(relation), [missing(relation)])
        }
        let measurements = known.compactMap { column in
            columns[column.number]?.measurement(of: column).map { (column.number, $0) }
        }
        let measured = Dictionary(measurements) { first, _ in first }
        let profile = TableProfile(
            relation: relation, rows: .init(count: rows, isExact: true), sample: nil,
            columns: relation.columns.filter(\.isMeasured).map {
                ColumnProfile(column: $0, measurement: measured[$0.number])
            }, seconds: 0, reading: reading)
        let unanswered = plan.columns.map(\.column).filter { measured[$0.number] == nil }
        return (
            profile,
            unanswered.map { Unmeasured(relation: relation.name, column: $0.name, reason: .noAnswer) }
        )
    }

    private func hides(_ rows: Int, of relation: Relation) -> Bool {
        isHidden && rows == 0 && relation.claimsRows
    }

    private func missing(_ relation: Relation) -> Unmeasured {
        let isHidden = hides(columns.values.first?.rows ?? 0, of: relation)
        return Unmeasured(relation: relation.name, reason: isHidden ? .hidden : .noAnswer)
    }
}

/// What was counted of a column.
private struct KitColumn: Sendable {
    /// The raw value of what the server took it for.
    let family: String
    /// How many parts its table has.
    let parts: Int
    private(set) var rows = 0
    private var seen: Set<Int> = []
    private var sizes = ColumnAccumulator()

    init(family: String, parts: Int) {
        self.family = family
        self.parts = parts
    }

    /// Adds a part of the table; false where it was added before, or its numbers do not add up.
    mutating func add(_ column: KitSizesLine.Column, _ line: KitSizesLine) -> Bool {
        guard line.parts == parts, column.family == family, seen.insert(line.part).inserted,
            column.counts.reduce(column.nulls, { $0.saturatingSum($1) }) == line.rows
        else { return false }
        rows = rows.saturatingSum(line.rows)
        sizes.addNulls(column.nulls)
        for (size, count) in zip(column.sizes, column.counts) { sizes.add(size, count: count) }
        for located in column.largest { sizes.locate(located) }
        return true
    }

    /// Whether all parts are there, and the server took the column for what it is.
    func isWhole(of column: Column) -> Bool {
        seen == Set(0..<parts) && family == column.family.rawValue
    }

    /// What a survey makes of the same counts.
    func measurement(of column: Column) -> ColumnMeasurement? {
        var scan = ColumnScan(column, isStored: false, recentParts: 0)
        scan.sizes = .complete(sizes)
        return scan.measurement(unreached: 0, beside: nil, usesLZ4: nil)
    }
}

/// A line about some columns of a part of a table.
struct KitSizesLine {
    let relation: UInt32
    let part: Int
    let parts: Int
    let rows: Int
    let isHidden: Bool
    let columns: [Column]

    /// What it says of a column.
    struct Column {
        /// `pg_attribute.attnum`.
        let number: Int16
        let family: String
        let nulls: Int
        /// The different sizes in bytes, and how many values have each.
        let sizes: [Int32]
        let counts: [Int]
        let largest: [LocatedSize]
    }

    /// Reads a line; nil where anything is missing.
    init?(_ value: JSONValue) {
        guard let relation = value["relation"]?.intValue.flatMap({ UInt32(exactly: $0) }),
            let part = value["part"]?.intValue, let parts = value["parts"]?.intValue,
            let rows = value["rows"]?.intValue, let isHidden = value["isHidden"]?.boolValue,
            let elements = value["columns"]?.elements, (1...Self.mostParts).contains(parts), rows >= 0,
            (0..<parts).contains(part)
        else { return nil }
        let columns = elements.compactMap { Column($0) }
        guard columns.count == elements.count else { return nil }
        (self.relation, self.part, self.parts, self.rows) = (relation, part, parts, rows)
        (self.isHidden, self.columns) = (isHidden, columns)
    }

    private static let mostParts = 1 << 20
}

extension KitSizesLine.Column {
    fileprivate init?(_ value: JSONValue) {
        guard let number = value["number"]?.intValue.flatMap({ Int16(exactly: $0) }),
            let family = value["family"]?.word, let nulls = value["nulls"]?.intValue, nulls >= 0,
            let sizes = value["sizes"]?.elements?.map({ $0.intValue.flatMap { Int32(exactly: $0) } ?? -1 }),
            let counts = value["counts"]?.elements?.map({ $0.intValue ?? -1 }),
            let places = value["largest"]?.elements?.map({ Self.located($0.stringBytes ?? []) }),
            sizes.count == counts.count, sizes.allSatisfy({ $0 >= 0 }), counts.allSatisfy({ $0 > 0 })
        else { return nil }
        let largest = places.compactMap(\.self)
        guard largest.count == places.count else { return nil }
        self.init(
            number: number, family: family, nulls: nulls, sizes: sizes, counts: counts, largest: largest)
    }

    /// A size and a place, such as `331776 (0,1)`.
    private static func located(_ text: [UInt8]) -> LocatedSize? {
        let numbers = text.split { !(0x30...0x39 ~= $0) }.compactMap {
            Int64(String(decoding: $0, as: UTF8.self))
        }
        guard numbers.count == 3, let block = UInt32(exactly: numbers[1]),
            let offset = UInt16(exactly: numbers[2])
        else { return nil }
        return LocatedSize(size: ByteCount(numbers[0]), block: block, offset: offset)
    }
}
