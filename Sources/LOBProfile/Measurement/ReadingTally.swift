/// How many tables were read in which way: the certificate in numbers.
public struct ReadingTally: Hashable, Sendable {
    /// Tables with a measured column, by what their reading proves.
    public let tables: [TableReading.Certainty: Int]
    /// Tables that were measured by a version that recorded no moment.
    public let withoutMoment: Int
    /// The earliest and the latest moment that figures are of; nil where there is none.
    public let moments: ClosedRange<Int64>?
    /// The WAL position before the earliest moment; nil where it is not known, and where moments are of several servers.
    public let firstPosition: LSN?
    /// The WAL position after the latest moment; nil as ``firstPosition`` is.
    public let lastPosition: LSN?
    /// The longest that the snapshots of a table, or of the large objects, were held, in seconds.
    public let longestHeld: Double
    /// Row versions that changed while their tables were read, as far as they were read in addition.
    public let changedVersions: Int

    /// Counts the tables of a profile.
    public init(_ profile: Profile) {
        let measured = profile.tables.filter { $0.columns.contains { $0.measurement != nil } }
        let readings = measured.compactMap(\.reading)
        tables = Dictionary(readings.map { ($0.certainty, 1) }, uniquingKeysWith: +)
        withoutMoment = measured.count - readings.count
        let times = readings.map(\.moment.takenAt)
        moments = times.min().flatMap { first in times.max().map { first...$0 } }
        let latest = times.max()
        // Positions grow with time: those of moments in between need not be known. Of several replicas each has its own.
        let isOneServer = profile.sources == nil && profile.certificate?.readers == nil
        firstPosition =
            isOneServer
            ? readings.map(\.moment).min { $0.precedes($1) }.flatMap(\.lsnBefore) : nil
        lastPosition =
            isOneServer
            ? readings.map(\.moment).filter { $0.takenAt == latest }.compactMap(\.lsnAfter).max() : nil
        longestHeld =
            (readings + [profile.largeObjects?.reading].compactMap(\.self)).map(\.heldSeconds).max() ?? 0
        changedVersions = readings.reduce(0) { $0 + ($1.changedVersions ?? 0) }
    }

    /// The number of tables with a certainty.
    public func count(_ certainty: TableReading.Certainty) -> Int { tables[certainty] ?? 0 }
}
