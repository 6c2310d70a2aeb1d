public import SizeStatistics

/// A table that a task keeps in limited mode, and from which size on it may cut the values of its columns.
public struct PatchWish: Sendable, Equatable {
    public let name: RelationName
    /// The limit of the task or of the table's rule.
    public let limit: Kibibytes
    /// The LOB columns that can be written, by attribute number.
    public let columns: [LimitedColumn]

    /// Creates a wish.
    public init(name: RelationName, limit: Kibibytes, columns: [LimitedColumn]) {
        self.name = name
        self.limit = limit
        self.columns = columns
    }

    /// A column with the largest value that the limit holds for sure.
    public struct LimitedColumn: Sendable, Equatable {
        public let column: Column
        public let largestFitting: ByteCount

        /// Creates an entry.
        public init(column: Column, largestFitting: ByteCount) {
            self.column = column
            self.largestFitting = largestFitting
        }
    }
}
