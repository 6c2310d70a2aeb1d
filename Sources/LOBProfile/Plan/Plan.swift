/// Everything that will be measured, and what is known beforehand to be impossible.
public struct Plan: Sendable, Equatable {
    /// Tables with something to measure, in the order of their names.
    public let tables: [TablePlan]
    /// What cannot be measured, with the reason.
    public let unmeasurable: [Unmeasured]

    /// Creates a plan.
    public init(tables: [TablePlan], unmeasurable: [Unmeasured]) {
        self.tables = tables
        self.unmeasurable = unmeasurable
    }
}
