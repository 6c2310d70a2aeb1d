/// Values that were cut already: where DMS cuts, many values have one size, a whole number of KB, and few or none are larger.
struct SpikePreflight {
    let profile: Profile

    /// Where nearly all values have the size, it is the application's block size.
    private static let largestShare = 0.9

    var findings: [Finding] {
        profile.tables.flatMap { table in
            table.columns.filter { $0.column.lobClass != .none }.compactMap { finding($0, of: table) }
        }
    }

    private func finding(_ column: ColumnProfile, of table: TableProfile) -> Finding? {
        guard let measurement = column.measurement, case let distribution = measurement.distribution,
            let spike = TruncationSpike.largest(in: distribution.largestSizes.entries),
            Double(spike.count) <= Self.largestShare * Double(distribution.count)
        else { return nil }
        let path = "\(table.relation.name.losslessText).\(column.column.name.losslessText)"
        return FindingID.truncationSpike.finding(
            .warning, path,
            .size(
                .spike(
                    .init(
                        size: spike.size, count: spike.count, larger: spike.larger,
                        neighbour: spike.neighbour, isOfSample: measurement.countedFrom == nil))),
            .lobSupport)
    }
}
