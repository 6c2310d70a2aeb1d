/// What to do about truncations that a log shows.
public struct TruncationAdvice: Sendable, Equatable {
    /// Errors first.
    public let findings: [Finding]
    /// The relations to measure again, in the order of names.
    public let relations: [RelationName]

    /// Compares what a log says with a profile and its recommendation.
    ///
    /// - Parameters:
    ///   - summary: what the logs say; nil where none was given.
    ///   - evidence: what it says of cut columns.
    public init(_ summary: TruncationSummary?, _ evidence: TruncationEvidence, policy: Policy) {
        guard let summary else {
            (findings, relations) = ([], [])
            return
        }
        let log = LogAdvice(summary, evidence.catalog)
        var unknown = 0
        let found = evidence.outcomes.flatMap { outcome -> [Finding] in
            guard let relation = outcome.match.relation else {
                unknown += 1
                return unknown > Self.mostUnknown ? [] : [Self.unmatched(outcome)]
            }
            return Self.findings(outcome, relation, evidence, policy)
        }
        let rest = max(0, unknown - Self.mostUnknown) + evidence.unlisted.columns
        findings = Preflight.sorted(found + Self.unlisted(rest) + log.findings)
        relations = Set(evidence.outcomes.flatMap(\.affected) + log.relations).sorted()
    }

    /// The most columns that a profile does not have with a finding each: a log that names more is of another database.
    public static let mostUnknown = 20

    private static func findings(
        _ outcome: TruncationOutcome, _ relation: Relation, _ evidence: TruncationEvidence, _ policy: Policy
    ) -> [Finding] {
        let truncation = outcome.truncation
        let isOwnName = truncation.place.readings.contains { $0.table == relation.name }
        let name = isOwnName ? relation.name : relation.logicalName
        let subject = name.losslessText + "." + (outcome.match.column?.losslessText ?? "")
        var isStructured = false
        if case .column(_, let column) = outcome.match { isStructured = column.family.isStructured }
        let isAcceptable = policy.acceptsTruncation(of: relation) && !isStructured
        let severity: Finding.Severity = isAcceptable ? .warning : .error
        if let column = outcome.match.measured, UnboundedVarchar.isOne(column) {
            return [
                TruncationID.seen.finding(
                    severity, subject, .truncation(.cutByEndpoint(cut(outcome, relation, column))), .source)
            ]
        }
        let seen = TruncationID.seen.finding(
            severity, subject,
            .truncation(
                .seen(
                    .init(
                        values: truncation.count, cutAt: truncation.limit, length: truncation.largestLength,
                        deployed: DeployedLimit(outcome, isGiven: evidence.tasks != nil),
                        remedy: outcome.needsAtLeast
                            ? .measure
                            : remedy(needed: outcome.needed, evidence.recommended[relation.logicalName])))))
        guard truncation.unknownLengths > 0 else { return [seen] }
        let unknown = TruncationID.lengthUnknown.finding(
            .warning, subject,
            .truncation(.lengthUnknown(values: truncation.unknownLengths, cutAt: truncation.limit)))
        return [seen, unknown]
    }

    private static func cut(
        _ outcome: TruncationOutcome, _ relation: Relation, _ column: Column
    ) -> TruncationFinding.CutByEndpoint {
        let truncation = outcome.truncation
        let least = truncation.leastSize
        return .init(
            values: truncation.count, cutAt: truncation.limit, length: truncation.largestLength,
            setting: least <= UnboundedVarchar.largestSetting ? UnboundedVarchar.setting(for: least) : nil,
            table: relation.logicalName, column: column.name)
    }

    private static func remedy(
        needed: Kibibytes, _ table: TableRecommendation?
    ) -> TruncationFinding.Seen.Remedy {
        guard let table, table.mode != .none else { return .measure }
        if table.mode == .unlimited { return .deployUnlimited }
        return needed > table.bulkMaxSize
            ? .tooSmall(table.bulkMaxSize, needed: needed) : .deploy(table.bulkMaxSize)
    }

    private static func unmatched(_ outcome: TruncationOutcome) -> Finding {
        var names: [RelationName] = []
        if case .ambiguous(let several) = outcome.match { names = several }
        return TruncationID.ofUnknownTable.finding(
            .warning, outcome.truncation.place.text,
            .truncation(
                .unmatched(
                    values: outcome.truncation.count, cutAt: outcome.truncation.limit, fits: names)))
    }

    private static func unlisted(_ columns: Int) -> [Finding] {
        guard columns > 0 else { return [] }
        return [
            TruncationID.ofUnknownTable.finding(.warning, "log", .truncation(.unlistedColumns(columns)))
        ]
    }
}
