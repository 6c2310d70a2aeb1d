/// Everything that will be measured, and what is known beforehand to be impossible.
public struct Plan: Sendable, Equatable {
    /// Tables with something to measure, in the order of their names.
    public let tables: [TablePlan]
    /// What cannot be measured, with the reason.
    public let unmeasurable: [Unmeasured]
    /// What nobody asked to be measured, with the reason: a profile is complete without it.
    public let leftOut: [Unmeasured]
    /// Seconds that measuring may take; see ``PlanOptions/timeBudget``.
    public let timeBudget: Double?
    /// Under a time budget: what is looked at first of tables that take long, in the order of their names.
    ///
    /// It stands where the budget ends before the table was read.
    public let looks: [TablePlan]

    /// Creates a plan.
    public init(
        tables: [TablePlan], unmeasurable: [Unmeasured], leftOut: [Unmeasured] = [],
        timeBudget: Double? = nil,
        looks: [TablePlan] = []
    ) {
        self.looks = looks
        self.tables = tables
        self.unmeasurable = unmeasurable
        self.leftOut = leftOut
        self.timeBudget = timeBudget
    }
}
