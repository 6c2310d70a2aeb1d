import LOBAdvice

/// What a policy file decides about the tables of a plan: whether its patterns mean what they are meant to.
enum PlanPolicy {
    /// The part of the plan; nil where no file decides about tables.
    static func section(_ policy: Policy, _ relations: [Relation]) -> PageSection? {
        guard !policy.tables.isEmpty else { return nil }
        let lines = policy.tables.map { entry -> PageText in
            let tables = Set(relations.filter(entry.matches).map(\.logicalName)).count
            let count = tables == 0 ? "no table in scope" : NumberText.counted(tables, "table")
            return "\(PolicyText.line(entry)): \(count)"
        }
        return PlanPage.section("policy", "Policy", [.list(lines)])
    }
}
