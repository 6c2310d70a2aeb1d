import SizeStatistics

/// Values that were cut already: where DMS cuts, many values have one size, a whole number of KB, and none is larger.
struct SpikePreflight {
    let profile: Profile

    /// Fewer values of the largest size than this prove nothing.
    private static let fewest = 3
    /// The smallest limit that is looked for: a spike at a few KB is likely the application's.
    private static let smallest = Kibibytes(16)
    /// Where nearly all values have the size, it is the application's block size.
    private static let largestShare = 0.9

    var findings: [Finding] {
        profile.tables.flatMap { table in
            table.columns.filter { $0.column.lobClass != .none }.compactMap { finding($0, of: table) }
        }
    }

    private func finding(_ column: ColumnProfile, of table: TableProfile) -> Finding? {
        guard let distribution = column.measurement?.distribution,
            let top = distribution.largestSizes.entries.first, top.size.bytes.isMultiple(of: 1024),
            top.size >= Self.smallest.bytes, top.count >= Self.fewest,
            Double(top.count) <= Self.largestShare * Double(distribution.count)
        else { return nil }
        let path = "\(table.relation.name.losslessText).\(column.column.name.losslessText)"
        let kibibytes = top.size.bytes / 1024
        return FindingID.truncationSpike.finding(
            .warning, path,
            "\"\(path)\": \(top.count) values have exactly \(top.size.bytes) bytes (\(kibibytes) KB), and none is larger: "
                + "that is what is left where a task cuts at \(kibibytes) KB",
            remedy:
                "if this is a target, compare with the source and load these rows again with a larger limit; if the "
                + "application writes pieces of that size, nothing is wrong",
            reference: GuidePage.lobSupport)
    }
}
