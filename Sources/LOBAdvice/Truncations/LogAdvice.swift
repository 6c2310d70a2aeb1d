import DMS

/// What logs say beside cut values: what failed on the target, and what was not understood.
struct LogAdvice {
    let findings: [Finding]
    /// The relations of the profile of which values were refused as malformed, and that can have been cut.
    let relations: [RelationName]

    init(_ summary: TruncationSummary, _ catalog: TruncationCatalog) {
        let tables = summary.failuresByTable.sorted { $0.key < $1.key }.map { target, failures in
            (target: target, sources: catalog.sources(of: target), failures: failures)
        }
        let known = tables.filter { !$0.sources.isEmpty }
        // Of tables that the profile does not have, those come first of which rows are missing for certain.
        let unknown = tables.filter(\.sources.isEmpty)
        let strangers =
            unknown.filter { Self.losesRows($0.failures) } + unknown.filter { !Self.losesRows($0.failures) }
        let listed = known + strangers.prefix(TruncationAdvice.mostUnknown)
        findings =
            Self.ofWhole(summary) + listed.flatMap { Self.ofTable($0.target, $0.sources, $0.failures) }
            + Self.unlisted(strangers.dropFirst(TruncationAdvice.mostUnknown).map(\.failures))
        relations = known.filter { $0.failures[.malformedValue] != nil }.flatMap(\.sources).filter {
            $0.lobColumns.contains { $0.family.isStructured }
        }.map(\.name)
    }

    /// Whether rows or values are missing on the target for certain.
    private static func losesRows(_ failures: [TruncationSummary.TableFailure: Int]) -> Bool {
        [.malformedValue, .table, .load].contains { failures[$0] != nil }
    }

    /// Tables that the profile does not have, beyond those that are listed.
    private static func unlisted(_ failures: [[TruncationSummary.TableFailure: Int]]) -> [Finding] {
        guard !failures.isEmpty else { return [] }
        return [
            TruncationID.ofUnknownTable.finding(
                failures.contains(where: losesRows) ? .error : .warning, Self.log,
                .truncation(.unlistedTables(failures.count)))
        ]
    }

    /// The subject of what is said of all logs.
    private static let log = "log"

    private static func ofTable(
        _ target: RelationName, _ sources: [Relation], _ failures: [TruncationSummary.TableFailure: Int]
    ) -> [Finding] {
        let (name, table) = TruncationFinding.Table.named(target, sources)
        return failures.sorted { "\($0.key)" < "\($1.key)" }.map { failure, count in
            finding(failure, name, .failed(failure, entries: count, table))
        }
    }

    private static func finding(
        _ failure: TruncationSummary.TableFailure, _ subject: String, _ found: TruncationFinding
    ) -> Finding {
        switch failure {
        case .malformedValue: TruncationID.malformedValue.finding(.error, subject, .truncation(found))
        case .table, .load: TruncationID.failedLoad.finding(.error, subject, .truncation(found))
        case .noRow: TruncationID.changeWithoutRow.finding(.warning, subject, .truncation(found))
        }
    }

    private static func ofWhole(_ summary: TruncationSummary) -> [Finding] {
        let batches = summary.bulkApplyFailures.map { source, count in
            TruncationID.bulkApplyFailed.finding(.warning, source, .truncation(.batchesFailed(count)))
        }
        return batches + failures(summary) + notRead(summary)
    }

    /// What the log tells of no table.
    private static func failures(_ summary: TruncationSummary) -> [Finding] {
        [TruncationSummary.TableFailure.load, .malformedValue, .noRow].compactMap { failure in
            let named =
                failure == .load
                ? 0 : summary.failuresByTable.values.reduce(0) { $0 + ($1[failure] ?? 0) }
            let count = (summary.failures[failure] ?? 0) - named
            return count > 0 ? finding(failure, log, .failedSomewhere(failure, entries: count)) : nil
        }
    }

    private static func notRead(_ summary: TruncationSummary) -> [Finding] {
        let logs = summary.logs
        var found: [Finding] = []
        if logs.unread > 0 {
            found.append(
                TruncationID.notRead.finding(
                    .error, log,
                    .truncation(.notRead(logs: logs.unread, of: logs.count, names: logs.namesUnread))))
        }
        // A log in which nothing looks like DMS is no all-clear, whatever is in others.
        if logs.withoutEntries > 0 {
            found.append(
                TruncationID.noEntries.finding(
                    .warning, log,
                    .truncation(
                        .withoutEntries(
                            logs: logs.withoutEntries, of: logs.count, names: logs.namesWithoutEntries,
                            lines: summary.lines))))
        }
        if summary.notUnderstood + summary.overlongLines > 0 {
            found.append(
                TruncationID.lineNotUnderstood.finding(
                    .warning, log,
                    .truncation(.notUnderstood(lines: summary.notUnderstood, overlong: summary.overlongLines))
                ))
        }
        return found
    }
}

extension TruncationFinding.Table {
    /// The name of a table of the target in the profile, and what else is known of it.
    static func named(_ table: RelationName, _ sources: [Relation]) -> (name: String, table: Self) {
        let isSame = sources.isEmpty || sources.contains { $0.name == table || $0.logicalName == table }
        let name = sources.map(\.logicalName).min() ?? table
        return (name.losslessText, .init(target: isSame ? nil : table, isKnown: !sources.isEmpty))
    }
}
