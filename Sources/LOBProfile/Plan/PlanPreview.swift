/// A plan with the statements that would run: what `lobscope plan` shows before anything is read.
public struct PlanPreview: Sendable {
    public let catalog: Catalog
    public let plan: Plan
    /// What every transaction begins with.
    public let preamble: [String]
    /// The statements of each table in the plan, by the relation's OID.
    ///
    /// A chunked scan shows its first chunk.
    public let statements: [UInt32: [String]]

    /// Creates a preview.
    public init(catalog: Catalog, plan: Plan, preamble: [String], statements: [UInt32: [String]]) {
        self.catalog = catalog
        self.plan = plan
        self.preamble = preamble
        self.statements = statements
    }
}
