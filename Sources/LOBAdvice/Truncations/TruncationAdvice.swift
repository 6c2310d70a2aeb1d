/// What to do about truncations that a log shows.
public struct TruncationAdvice: Sendable, Equatable {
    /// Errors first.
    public let findings: [Finding]
    /// The relations to measure again, in the order of names.
    public let relations: [RelationName]

    /// Compares what a log says with a profile and its recommendation.
    ///
    /// - Parameter summary: what the logs say; nil where none was given.
    public init(
        _ summary: TruncationSummary?, against profile: Profile, recommending tables: [TableRecommendation],
        policy: Policy
    ) {
        guard let summary else {
            (findings, relations) = ([], [])
            return
        }
        let catalog = TruncationCatalog(profile.tables.map(\.relation))
        let byName = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        var found = Self.logFindings(summary)
        var affected: Set<RelationName> = []
        for truncation in summary.truncations {
            switch catalog.match(truncation.place) {
            case .column(let relation, let column):
                affected.formUnion(catalog.relations(at: truncation.place))
                let table = byName[relation.logicalName]
                found += Self.findings(
                    truncation, relation, column.name, column, table, profile, policy)
            case .table(let relation, let column):
                affected.formUnion(catalog.relations(at: truncation.place))
                let table = byName[relation.logicalName]
                found += Self.findings(truncation, relation, column, nil, table, profile, policy)
            case .ambiguous(let names):
                let list = names.map(\.losslessText).joined(separator: ", ")
                found.append(Self.unmatched(truncation, "fits several tables (\(list))"))
            case .unknown: found.append(Self.unmatched(truncation, "is not in the profile"))
            }
        }
        findings = Preflight.sorted(found)
        relations = affected.sorted()
    }

    private static func findings(
        _ truncation: TruncationSummary.Truncation, _ relation: Relation, _ column: Identifier,
        _ known: Column?, _ table: TableRecommendation?, _ profile: Profile, _ policy: Policy
    ) -> [Finding] {
        let isOwnName = truncation.place.readings.contains { $0.table == relation.name }
        let name = isOwnName ? relation.name : relation.logicalName
        let subject = name.losslessText + "." + column.losslessText
        let isAcceptable = policy.acceptsTruncation(of: relation) && !(known?.family.isStructured ?? false)
        let needed = truncation.needed(of: known, in: profile)
        let length = truncation.largestLength.map { ", the largest had \($0.bytes) bytes" } ?? ""
        let seen = TruncationID.seen.finding(
            isAcceptable ? .warning : .error, subject,
            "\"\(subject)\": the log shows \(truncation.count) values cut at \(truncation.limit.bytes) bytes\(length)",
            remedy: remedy(needed: needed, table))
        guard truncation.unknownLengths > 0 else { return [seen] }
        let unknown = TruncationID.lengthUnknown.finding(
            .warning, subject,
            "\"\(subject)\": for \(truncation.unknownLengths) of the cut values the log gives no usable length (negative "
                + "lengths come from an overflow in pglogical): they were larger than \(truncation.limit.bytes) bytes",
            remedy: "measure the table again, or use unlimited")
        return [seen, unknown]
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

    private static func unmatched(_ truncation: TruncationSummary.Truncation, _ reason: String) -> Finding {
        TruncationID.ofUnknownTable.finding(
            .warning, truncation.place.text,
            "\"\(truncation.place.text)\" was cut \(truncation.count) times at \(truncation.limit.bytes) bytes, but "
                + "\(reason)",
            remedy: "profile the database that the task reads; a value can also imitate a line of the log")
    }

    private static func logFindings(_ summary: TruncationSummary) -> [Finding] {
        var found = summary.bulkApplyFailures.map { source, count in
            TruncationID.bulkApplyFailed.finding(
                .warning, source, "\"\(source)\": \(count) batches failed and were applied one by one",
                remedy: "look for cut values or unlimited tables in the task, and see awsdms_apply_exceptions"
            )
        }
        if summary.entries == 0 {
            found.append(
                TruncationID.noEntries.finding(
                    .warning, "log",
                    "nothing in the log (lines: \(summary.lines)) looks like an entry of DMS: that no truncation was found says nothing",
                    remedy:
                        "read the task's log: aws logs filter-log-events --log-group-name dms-tasks-INSTANCE "
                        + "--log-stream-name-prefix dms-task-TASK --filter-pattern truncated"))
        }
        if summary.failedLoads > 0 {
            found.append(
                TruncationID.failedLoad.finding(
                    .warning, "log",
                    "the log has \(summary.failedLoads) entries about data that could not be loaded",
                    remedy:
                        "look for the tables in the entries beside them: what was not loaded is missing on the target"
                ))
        }
        if summary.malformedValues > 0 {
            found.append(
                TruncationID.malformedValue.finding(
                    .error, "log",
                    "the target refused \(summary.malformedValues) values as malformed (SQLSTATE 22P02, 22P03 or 22021), as json, "
                        + "xml and arrays are when they were cut on the way",
                    remedy:
                        "see awsdms_apply_exceptions of the target (--exceptions), and load the tables again with a "
                        + "corrected rule"))
        }
        let unread = summary.notUnderstood + summary.overlongLines
        if unread > 0 {
            found.append(
                TruncationID.lineNotUnderstood.finding(
                    .warning, "log",
                    "the log has \(summary.notUnderstood) lines about truncations in an unknown form, and "
                        + "\(summary.overlongLines) lines longer than \(LineSplitter.longestLine) bytes",
                    remedy: "look at them by hand: there may be more truncations than are listed"))
        }
        return found
    }
}
