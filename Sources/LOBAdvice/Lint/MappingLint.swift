/// Compares deployed tasks with what was measured.
public enum MappingLint {
    /// Everything that is wrong or doubtful with the tasks that migrate one database.
    ///
    /// - Parameters:
    ///   - tasks: the deployed tasks; a table may be in any of them.
    ///   - profile: what was measured.
    ///   - tables: the recommendation for the same profile.
    ///   - policy: the policy of the recommendation.
    /// - Returns: findings, errors first. What lobscope itself recommends for the profile has none above info.
    public static func findings(
        for tasks: [DeployedTask], measured profile: Profile, recommending tables: [TableRecommendation],
        policy: Policy
    ) -> [Finding] {
        let profile = profile.carriedBySlots
        let relations = profile.tables.map(\.relation)
        let leaves = relations.filter { $0.root != nil }.map { ($0.name, $0.logicalName) }
        let roots = Dictionary(leaves) { first, _ in first }
        let each = tasks.flatMap { task -> [Finding] in
            let violations = MappingValidator.violations(in: task.mapping, roots: roots).map(\.finding)
            let limits = LimitLint(task: task, profile: profile, tables: tables, policy: policy)
            return violations + SettingsLint(task: task, tables: tables).findings + limits.findings
        }
        return Preflight.sorted(
            Array(Set(each + ScopeLint(tasks: tasks, relations: relations, policy: policy).findings)))
    }
}
