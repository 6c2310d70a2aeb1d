/// One cut column: what happened, beside what the profile knew and recommends.
public struct TruncationOutcome: Sendable, Equatable {
    /// What the log says.
    public let truncation: TruncationSummary.Truncation
    /// The relation that the log means; nil where the profile has none, or several fit.
    public let relation: RelationName?
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

    /// The cuts of a summary, each with what the profile says of it, in the order of the summary.
    public static func outcomes(
        of summary: TruncationSummary, against profile: Profile, recommending tables: [TableRecommendation]
    ) -> [TruncationOutcome] {
        let catalog = TruncationCatalog(profile.tables.map(\.relation))
        let byName = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        return summary.truncations.map { truncation in
            switch catalog.match(truncation.place) {
            case .column(let relation, let column):
                TruncationOutcome(truncation, relation, column.name, byName[relation.logicalName], profile)
            case .table(let relation, let column):
                TruncationOutcome(truncation, relation, column, byName[relation.logicalName], profile)
            case .ambiguous, .unknown: TruncationOutcome(truncation, nil, nil, nil, profile)
            }
        }
    }

    private init(
        _ truncation: TruncationSummary.Truncation, _ relation: Relation?, _ column: Identifier?,
        _ table: TableRecommendation?, _ profile: Profile
    ) {
        let known = table?.columns.first {
            $0.relation == relation?.name && $0.profile.column.name == column
        }
        self.truncation = truncation
        needed = truncation.needed(of: known?.profile.column, in: profile)
        logged = known.map {
            LoggedSize(
                relation: $0.relation, column: $0.profile.column.name, size: truncation.leastSize,
                time: truncation.times?.upperBound)
        }
        self.relation = relation?.name
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
