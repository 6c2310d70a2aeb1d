/// What to do about changes that the target refused.
public struct ApplyExceptionAdvice: Sendable, Equatable {
    /// Errors first.
    public let findings: [Finding]
    /// The relations of the profile whose values may have been cut, in the order of names.
    public let relations: [RelationName]

    /// Compares what the control table says with a profile.
    ///
    /// The control table names the target's tables; transformation rules can make them other than the source's.
    public init(_ exceptions: [ApplyException], against profile: Profile) {
        let known = Dictionary(profile.tables.map { ($0.relation.name, $0.relation) }) { first, _ in first }
        findings = Preflight.sorted(exceptions.map { Self.finding($0, known[$0.table]) })
        let affected = exceptions.filter { exception in
            exception.isMalformedValue && known[exception.table].map(Self.hasStructuredLOB) ?? false
        }
        relations = Set(affected.map(\.table)).sorted()
    }

    private static func hasStructuredLOB(_ relation: Relation) -> Bool {
        relation.lobColumns.contains { $0.family.isStructured }
    }

    private static func finding(_ exception: ApplyException, _ relation: Relation?) -> Finding {
        let name = exception.table.losslessText
        let what = "\"\(name)\": the target refused \(exception.count) changes with \(exception.cause)"
        guard exception.isMalformedValue, let relation, hasStructuredLOB(relation) else {
            return TruncationID.applyException.finding(
                .warning, name, "\(what)" + (relation == nil ? "; the profile has no such table" : ""),
                remedy: "look at the rows of awsdms_apply_exceptions for the table: their changes are missing"
            )
        }
        return TruncationID.applyException.finding(
            .error, name,
            "\(what): a value is malformed, as json, xml and arrays are when they were cut on the way",
            remedy:
                "measure the table again (--remeasure), deploy the corrected rule, and load the rows again")
    }
}
