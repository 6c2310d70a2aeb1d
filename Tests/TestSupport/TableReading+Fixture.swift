public import LOBProfile

extension TableReading {
    /// All rows as of one moment.
    public static let oneMoment = TableReading(
        certainty: .oneMoment,
        moment: Moment(
            takenAt: 1_795_000_000_000_000, lsnBefore: LSN(bytes: 0x16_B374_D848),
            lsnAfter: LSN(bytes: 0x16_B374_D880)),
        heldSeconds: 1.5)

    /// In three moments, with what had changed read again in the last.
    public static let caughtUp = TableReading(
        certainty: .caughtUp,
        moment: Moment(
            takenAt: 1_795_000_720_000_000, lsnBefore: LSN(bytes: 0x16_B374_D900),
            lsnAfter: LSN(bytes: 0x16_B375_0000)),
        heldSeconds: 734, snapshots: 3, changedVersions: 1234)

    /// In two moments.
    public static let severalMoments = TableReading(
        certainty: .severalMoments,
        moment: Moment(
            takenAt: 1_795_000_000_000_000, lsnBefore: LSN(bytes: 0x16_B374_D848),
            lsnAfter: LSN(bytes: 0x16_B374_D880)),
        heldSeconds: 80, snapshots: 2)
}
