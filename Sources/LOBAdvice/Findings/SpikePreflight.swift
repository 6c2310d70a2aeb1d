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
        let kibibytes = spike.size.bytes / 1024
        let larger =
            spike.larger == 0
            ? measurement.countedFrom == nil ? "none of those that were read is larger" : "none is larger"
            : "only \(spike.larger) are larger (other sizes near it have \(spike.neighbour) at most)"
        return FindingID.truncationSpike.finding(
            .warning, path,
            "\"\(path)\": \(spike.count) values have exactly \(spike.size.bytes) bytes (\(kibibytes) KB), and \(larger): "
                + "that is what is left where a task cuts at \(kibibytes) KB",
            remedy:
                "if this is a target, compare with the source and load these rows again with a larger limit; if the "
                + "application writes pieces of that size, nothing is wrong",
            reference: GuidePage.lobSupport)
    }
}
