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

    /// Seconds for which a snapshot may be held.
    public let snapshotLimit: Double
    /// The large objects that would be read; nil where the scope leaves them out.
    public let largeObjects: LargeObjects?

    /// Large objects before any is read.
    public struct LargeObjects: Sendable {
        /// How many there are, as far as the catalog tells.
        public let objects: Figure
        /// Blocks of their pages: of all of them, or of more than would be read.
        public let blocks: Int
        /// The statements that would find their sizes, each for its first objects or pages.
        public let statements: [String]

        /// Creates an entry.
        public init(objects: Figure, blocks: Int, statements: [String]) {
            self.objects = objects
            self.blocks = blocks
            self.statements = statements
        }
    }

    /// Whether there is nothing in scope.
    public var isEmpty: Bool { catalog.relations.isEmpty && (largeObjects?.objects ?? .zero) == .zero }

    /// Creates a preview.
    public init(
        catalog: Catalog, plan: Plan, preamble: [String], statements: [UInt32: [String]],
        snapshotLimit: Double = 900, largeObjects: LargeObjects? = nil
    ) {
        self.largeObjects = largeObjects
        self.snapshotLimit = snapshotLimit
        self.catalog = catalog
        self.plan = plan
        self.preamble = preamble
        self.statements = statements
    }
}
