import LOBAdvice

/// What a policy file decides about the tables of a plan: whether its patterns mean what they are meant to.
enum PlanPolicy {
    /// The part of the plan; empty where no file decides about tables.
    static func lines(_ policy: Policy, _ relations: [Relation], width: Int) -> [String] {
        guard !policy.tables.isEmpty else { return [] }
        return ["", "Policy"]
            + policy.tables.flatMap { entry in
                let tables = Set(relations.filter(entry.matches).map(\.logicalName)).count
                let count = tables == 0 ? "no table in scope" : NumberText.counted(tables, "table")
                return TextWrap.lines("\(PolicyText.line(entry)): \(count)", width: width - 2, indent: "  ")
                    .map { "  " + $0 }
            }
    }
}
