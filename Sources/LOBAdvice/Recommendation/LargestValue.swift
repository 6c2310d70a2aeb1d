/// The largest value of the LOB columns of some tables, with what is certain of it.
public struct LargestValue: Sendable, Equatable {
    /// A column by its names.
    public struct Place: Sendable, Hashable {
        /// The relation that holds it: the leaf where the table is partitioned.
        public let relation: RelationName
        public let column: Identifier
    }

    /// The size in bytes; ``Figure/notKnown`` where nothing bounds it.
    public let size: Figure
    /// The column with the largest value that was seen; nil where none was.
    public let place: Place?
    /// LOB columns of which sizes are known.
    public let measuredColumns: Int
    /// All LOB columns.
    public let columns: Int

    /// Looks at all LOB columns of tables.
    public init(_ tables: [TableRecommendation]) {
        // One look at each column: of thousands copies would cost more than all the rest.
        let all = tables.flatMap(\.lobColumns)
        var (figures, known): ([Figure], [Figure]) = ([], [])
        var first: (size: ByteCount, index: Int)?
        for (index, column) in all.enumerated() {
            let (figure, shown) = (column.estimate.largestSize, column.estimate.shownLargest)
            figures.append(figure)
            guard column.profile.measurement != nil else { continue }
            known.append(figure)
            if let shown, first.map({ shown > $0.size }) ?? true { first = (shown, index) }
        }
        let whole = Figure.largest(of: figures) ?? .notKnown
        // Bounds of some columns say nothing of the others, and it is said over how many they are.
        size = whole.value == nil ? Figure.largest(of: known) ?? .notKnown : whole
        place = first.map { found in
            let column = all[found.index]
            return Place(relation: column.relation, column: column.profile.column.name)
        }
        measuredColumns = known.count
        columns = all.count
    }
}
