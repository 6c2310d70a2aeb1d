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
        let length = truncation.largestLength.map { ", the largest had \($0.bytes) bytes" } ?? ""
        let deployed = DeployedLimitAdvice(outcome, isGiven: evidence.tasks != nil)
        if let column = outcome.match.measured, UnboundedVarchar.isOne(column) {
            return [cutByEndpoint(outcome, subject, relation, column, length, isAcceptable)]
        }
        let remedy =
            outcome.needsAtLeast
            ? "measure the table again"
            : remedy(needed: outcome.needed, evidence.recommended[relation.logicalName])
        let seen = TruncationID.seen.finding(
            isAcceptable ? .warning : .error, subject,
            "\"\(subject)\": the log shows \(truncation.count) \(truncation.count == 1 ? "value" : "values") cut at "
                + "\(truncation.limit.bytes) bytes\(deployed.cause)\(length)\(deployed.message)",
            remedy: deployed.remedy.map { deployed.isMended ? $0 : "\($0); \(remedy)" } ?? remedy)
        guard truncation.unknownLengths > 0 else { return [seen] }
        let unknown = TruncationID.lengthUnknown.finding(
            .warning, subject,
            "\"\(subject)\": for \(truncation.unknownLengths) of the cut values the log gives no usable length (negative "
                + "lengths come from an overflow in pglogical): they were larger than \(truncation.limit.bytes) bytes",
            remedy: "measure the table again, or use unlimited")
        return [seen, unknown]
    }

    /// A varchar without a length is no LOB: no rule cuts it, and no rule holds it.
    private static func cutByEndpoint(
        _ outcome: TruncationOutcome, _ subject: String, _ relation: Relation, _ column: Column,
        _ length: String,
        _ isAcceptable: Bool
    ) -> Finding {
        let truncation = outcome.truncation
        let least = truncation.leastSize
        let setting = least <= UnboundedVarchar.largestSetting ? UnboundedVarchar.setting(for: least) : nil
        return TruncationID.seen.finding(
            isAcceptable ? .warning : .error, subject,
            "\"\(subject)\": the log shows \(truncation.count) \(truncation.count == 1 ? "value" : "values") cut at "
                + "\(truncation.limit.bytes) bytes\(length); the column has no length, so that the source endpoint cut them, not a rule",
            remedy: setting.map { "\(UnboundedVarchar.attribute($0)), then load again what was cut" }
                ?? "no setting of the endpoint holds such a value; \(UnboundedVarchar.asLOB(column.name, of: relation.logicalName))",
            reference: GuidePage.source)
    }

    private static func remedy(needed: Kibibytes, _ table: TableRecommendation?) -> String {
        guard let table, table.mode != .none else { return "measure the table again" }
        if table.mode == .unlimited { return "the profile asks for unlimited: deploy its mapping" }
        guard needed > table.bulkMaxSize else {
            return "the profile's \(table.bulkMaxSize.count) KB hold it: deploy its mapping"
        }
        return
            "the profile's \(table.bulkMaxSize.count) KB do not hold it (\(needed.count) KB or more are needed): "
            + "measure the table again"
    }

    private static func unmatched(_ outcome: TruncationOutcome) -> Finding {
        let place = outcome.truncation.place.text
        let reason =
            switch outcome.match {
            case .ambiguous(let names):
                "fits several tables (\(names.map(\.losslessText).joined(separator: ", ")))"
            case .column, .table, .unknown: "is not in the profile"
            }
        return TruncationID.ofUnknownTable.finding(
            .warning, place,
            "\"\(place)\" was cut \(outcome.truncation.count == 1 ? "once" : "\(outcome.truncation.count) times") at \(outcome.truncation.limit.bytes) bytes, but \(reason)",
            remedy: Self.unknownTable)
    }

    private static let unknownTable =
        "profile the database that the task reads; or the line came from data that was printed in the log"

    private static func unlisted(_ columns: Int) -> [Finding] {
        guard columns > 0 else { return [] }
        return [
            TruncationID.ofUnknownTable.finding(
                .warning, "log", "the log names \(columns) more cut columns that are not in the profile",
                remedy: Self.unknownTable
            )
        ]
    }
}
