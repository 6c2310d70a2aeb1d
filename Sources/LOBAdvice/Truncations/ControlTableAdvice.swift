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

    /// The table as the profile has it, and as the target does where that is another name.
    private static func subject(_ table: RelationName, _ sources: [Relation]) -> (name: String, label: String)
    {
        let isKnown = sources.isEmpty || sources.contains { $0.name == table || $0.logicalName == table }
        guard !isKnown, let source = sources.map(\.logicalName).min() else {
            return (table.losslessText, "\"\(table.losslessText)\"")
        }
        return (source.losslessText, "\"\(source.losslessText)\" (on the target \"\(table.losslessText)\")")
    }

    private static func finding(_ exception: ApplyException, _ sources: [Relation]) -> Finding {
        let (name, label) = subject(exception.table, sources)
        let what = "\(label): the target refused \(exception.count) changes with \(exception.cause)"
        let stranger = sources.isEmpty ? "; the profile has no such table" : ""
        guard exception.isMalformedValue else {
            return TruncationID.applyException.finding(.warning, name, what + stranger, remedy: lookAtRows)
        }
        // The value is missing on the target, whether the profile can tell why or not.
        guard sources.isEmpty || sources.contains(where: hasStructuredLOB) else {
            return TruncationID.applyException.finding(
                .error, name, "\(what): a value is malformed there", remedy: lookAtRows)
        }
        return TruncationID.applyException.finding(
            .error, name,
            "\(what): a value is malformed, as json, xml and arrays are when they were cut on the way\(stranger)",
            remedy: LogAdvice.correctRule(of: sources))
    }

    private static let lookAtRows =
        "look at the rows of awsdms_apply_exceptions for the table: their changes are missing"

    private static func finding(
        _ failure: ValidationFailure, _ sources: [Relation], _ tasks: TasksInForce?
    ) -> Finding {
        let (name, label) = subject(failure.table, sources)
        let open = failure.count - failure.repaired
        let rows =
            failure.repaired > 0
            ? "\(open) rows (and \(failure.repaired) that data resync has repaired)" : "\(open) rows"
        let stranger = sources.isEmpty ? "; the profile has no such table" : ""
        let limits = sources.flatMap { source in tasks?.deployed(for: source.name) ?? [] }.compactMap(
            \.lobs.limit)
        let limit = limits.min().map { "; its LOBs are cut above \($0.count) KB" } ?? ""
        let (what, remedy): (String, String) =
            switch failure.kind {
            case .recordDiffers:
                (
                    "\(rows) differ between source and target\(limit)",
                    "where LOB columns differ values were cut: hold the largest against the limit (lint), and load the rows "
                        + "again; DETAILS of the control table names the columns"
                )
            case .missingOnTarget:
                (
                    "\(rows) are missing on the target",
                    "look for refused changes and failed loads of the table, and load the rows again"
                )
            case .missingOnSource:
                ("\(rows) are on the target only", "look for deletes that did not arrive")
            case .table, nil:
                (
                    "validation complains \(failure.count) times",
                    "look at the rows of the control table for it"
                )
            }
        return TruncationID.validationFailure.finding(
            open == 0 ? .info : .warning, name, "\(label): \(what)\(stranger)", remedy: remedy)
    }
}

extension ApplyException {
    /// What the error says, for people.
    public var cause: String {
        switch reason {
        case .sqlState(let state): "SQLSTATE \(state)"
        case .malformed: "words about malformed JSON, without SQLSTATE"
        case .noRow: "\"0 rows affected\""
        case .other: "an error without SQLSTATE"
        }
    }
}
