/// A unique index of a table, primary key or not, or the index of an exclusion constraint: what refuses a row because of others.
public struct UniqueIndex: Hashable, Sendable, Codable {
    public let name: Identifier
    /// Attribute numbers of its key columns (not the INCLUDE ones); 0 stands for an expression.
    public let columns: [Int16]
    public let isPrimary: Bool
    /// Whether it has a WHERE clause.
    public let isPartial: Bool
    /// Whether it is checked at once, not deferrable.
    public let isImmediate: Bool
    /// Whether it is valid and ready (a failed CREATE INDEX CONCURRENTLY is not).
    public let isValid: Bool
    /// Whether every key column is NOT NULL.
    public let isOnNotNullColumns: Bool
    /// Set where it belongs to an exclusion constraint, which is no key; nil in all others.
    public let isExclusion: Bool?

    /// Creates an index.
    public init(
        name: Identifier, columns: [Int16], isPrimary: Bool, isPartial: Bool, isImmediate: Bool,
        isValid: Bool,
        isOnNotNullColumns: Bool, isExclusion: Bool = false
    ) {
        self.isExclusion = isExclusion ? true : nil
        self.name = name
        self.columns = columns
        self.isPrimary = isPrimary
        self.isPartial = isPartial
        self.isImmediate = isImmediate
        self.isValid = isValid
        self.isOnNotNullColumns = isOnNotNullColumns
    }

    /// Whether it names exactly one row, always.
    public var identifiesRows: Bool {
        isExclusion == nil && isValid && !isPartial && isImmediate && isOnNotNullColumns
            && !columns.contains(0)
    }
}
