/// What to do about changes that the target refused, and about rows that differ there.
public struct ControlTableAdvice: Sendable, Equatable {
    /// Errors first.
    public let findings: [Finding]
    /// The relations of the profile whose values may have been cut, in the order of names.
    public let relations: [RelationName]

    /// Compares what control tables say with a profile.
    ///
    /// Control tables name the target's tables; the rules of the tasks lead from there to the source's.
    public init(
        _ exceptions: [ApplyException], _ failures: [ValidationFailure], _ evidence: TruncationEvidence
    ) {
        let catalog = evidence.catalog
        findings = Preflight.sorted(
            exceptions.map { Self.finding($0, catalog.sources(of: $0.table)) }
                + failures.map { Self.finding($0, catalog.sources(of: $0.table), evidence.tasks) })
        let affected = exceptions.filter(\.isMalformedValue).flatMap { catalog.sources(of: $0.table) }
        relations = Set(affected.filter(Self.hasStructuredLOB).map(\.name)).sorted()
    }

    private static func hasStructuredLOB(_ relation: Relation) -> Bool {
        relation.lobColumns.contains { $0.family.isStructured }
    }

    private static func finding(_ exception: ApplyException, _ sources: [Relation]) -> Finding {
        let (name, table) = TruncationFinding.Table.named(exception.table, sources)
        let value: TruncationFinding.RefusedValue =
            if !exception.isMalformedValue {
                .notKnown
            } else if sources.isEmpty || sources.contains(where: hasStructuredLOB) {
                .malformedLOB
            } else {
                .malformed
            }
        // A malformed value is missing on the target, whether the profile can tell why or not.
        return TruncationID.applyException.finding(
            value == .notKnown ? .warning : .error, name,
            .truncation(.refused(exception.reason, changes: exception.count, value, table)))
    }

    private static func finding(
        _ failure: ValidationFailure, _ sources: [Relation], _ tasks: TasksInForce?
    ) -> Finding {
        let (name, table) = TruncationFinding.Table.named(failure.table, sources)
        let limits = sources.flatMap { source in tasks?.deployed(for: source.name) ?? [] }.compactMap(
            \.lobs.limit)
        return TruncationID.validationFailure.finding(
            failure.count == failure.repaired ? .info : .warning, name,
            .truncation(
                .differs(
                    .init(
                        kind: failure.kind, rows: failure.count, repaired: failure.repaired,
                        limit: limits.min()), table)))
    }
}
