public import SizeStatistics

/// How many rows are expected to arrive in a table until the cut-over.
public struct ExpectedRows: Sendable, Equatable {
    /// The number that limits are made for: for a rate its upper end, that of the rate, and expected rows + 3 square roots of them.
    public let rows: Int
    /// The rate that it comes from; nil where the number was given.
    public let rate: InsertRate?

    /// How fast rows arrive; nil where only their number is known.
    public var forecast: GrowthForecast? { rate?.forecast }
}

extension ExpectedRows {
    /// The rows expected in each relation for which a policy expects any; nil for one whose rate is not known.
    package static func byRelation(of tables: [TableProfile], policy: Policy) -> [RelationName: ExpectedRows?]
    {
        guard policy.expectsGrowth else { return [:] }
        let totals = Dictionary(grouping: tables, by: \.relation.logicalName).mapValues { parts in
            parts.reduce(0) { $0 + $1.rows.count }
        }
        let expected = tables.compactMap { table -> (RelationName, ExpectedRows?)? in
            policy.applied(to: table.relation).growth.map { growth in
                let total = totals[table.relation.logicalName] ?? 0
                let rows = growth.expected(table.rows.count, of: total, rate: table.insertRate)
                return (table.relation.name, rows)
            }
        }
        return Dictionary(expected) { first, _ in first }
    }
}

extension Growth {
    /// The rows expected in a relation of `rows` rows, part of a table of `total`.
    public func expected(_ rows: Int, of total: Int, rate: InsertRate?) -> ExpectedRows? {
        switch self {
        case .rows(let all):
            let share = total > 0 ? Double(rows) / Double(total) : 1
            return ExpectedRows(rows: Self.whole(Double(all) * share), rate: nil)
        case .share(let share): return ExpectedRows(rows: Self.whole(Double(rows) * share), rate: nil)
        case .days(let days):
            return rate.map { rate in
                ExpectedRows(rows: rate.forecast.upperRows(inSeconds: days * 86_400), rate: rate)
            }
        }
    }

    private static func whole(_ rows: Double) -> Int { Int(min(rows.rounded(.up), 1e15)) }
}
