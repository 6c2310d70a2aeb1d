/// One cut column: what happened, beside what the profile knew and recommends.
public struct TruncationOutcome: Sendable, Equatable {
    /// What the log says.
    public let truncation: TruncationSummary.Truncation
    /// Which column of the profile the log means.
    public let match: TruncationMatch
    /// The relation that the log means; nil where the profile has none, or several fit.
    public let relation: RelationName?
    /// All relations whose values were cut: all leaves where the log names their root.
    let affected: [RelationName]
    /// What the deployed files do with the table; nil where none were given, or none migrates it.
    public let deployed: TasksInForce.Deployed?
    /// The largest size that the profile knows of the column, in bytes of its text form; nil where it was not
    /// measured.
    public let largestMeasured: ByteCount?
    /// What is certain of it; nil where the profile has no such column.
    public let largestSize: Figure?
    /// How the profile knows it.
    public let coverage: Coverage?
    /// The KiB that the profile asks for the table; nil where it does not know.
    public let predicted: Kibibytes?
    /// The lob-settings of the table that the profile recommends.
    public let recommended: LOBSettings?

    /// The KiB that the largest value of the log needs, counted as the LOB table counts; where the log gives no length, those
    /// of one byte more than was kept.
    public let needed: Kibibytes
    /// What the log tells of a column of the profile: where it gives no length, one byte more than was kept; nil where the
    /// profile has no such column.
    public let logged: LoggedSize?

    /// Whether `needed` is no more than a lower bound, because some lengths are not known.
    public var needsAtLeast: Bool { truncation.unknownLengths > 0 }

    init(_ truncation: TruncationSummary.Truncation, _ match: TruncationMatch, _ evidence: TruncationEvidence)
    {
        let profile = evidence.profile
        let table = match.relation.flatMap { evidence.recommended[$0.logicalName] }
        let known = table?.columns.first {
            $0.relation == match.relation?.name && $0.profile.column.name == match.column
        }
        self.truncation = truncation
        self.match = match
        needed = truncation.needed(of: known?.profile.column, in: profile)
        logged = known.map {
            LoggedSize(
                relation: $0.relation, column: $0.profile.column.name, size: truncation.leastSize,
                time: truncation.times?.upperBound.description)
        }
        relation = match.relation?.name
        affected = relation == nil ? [] : evidence.catalog.relations(at: truncation.place)
        deployed = relation.flatMap { evidence.tasks?.deployed(for: $0, cutAt: truncation.limit) }
        largestMeasured = known?.estimate.largest
        largestSize = known?.estimate.largestSize
        coverage = known?.estimate.coverage
        predicted = table?.limit
        recommended = table?.lobSettings
    }
}

extension TruncationSummary.Truncation {
    /// What its largest value has at least, in bytes: one that was cut is larger than what was kept.
    var leastSize: ByteCount { max(largestLength ?? ByteCount(0), ByteCount(limit.bytes.saturatingSum(1))) }

    /// The KiB of the largest value that the log tells of, by the sizing rule of the profile; of a column that it does not
    /// have, by that of text.
    func needed(of column: Column?, in profile: Profile) -> Kibibytes {
        Kibibytes(
            holding: profile.policy.sizing.bytesNeeded(
                for: leastSize, lobClass: column?.lobClass ?? .nclob,
                utf8BytesPerByte: profile.server.utf8BytesPerByte))
    }
}
