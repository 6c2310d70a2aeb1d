/// What can be bounded by what is stored outside of rows, without reading a row.
extension Relation {
    /// Why nothing of it can be; nil where something may.
    var obstacleToBound: String? {
        if kind == .foreignTable { return "its rows are on another server" }
        if isReadWithDescendants == true { return "its rows are in chunks of TimescaleDB" }
        if isDistributed == true { return "its rows are in shards of Citus" }
        return hasPlaces ? nil : "its table access method is not heap"
    }
}

extension TypeFamily {
    /// Whether what PostgreSQL stores of a value is its text, or for bytea its bytes, so that one is as large as the other.
    public var isStoredAsText: Bool { sizeIsInHeader || self == .json }
}

/// What a plan leaves out because TOAST says nothing of it.
struct BoundSelection {
    /// The columns that are bounded.
    private(set) var columns: [Column] = []
    /// What is not, with the reason.
    private(set) var unmeasurable: [Unmeasured] = []

    /// Chooses among columns that can be read.
    init(_ relation: Relation, columns readable: [Column]) {
        if let obstacle = relation.obstacleToBound {
            unmeasurable = [Unmeasured(relation: relation.name, reason: .noBound, detail: obstacle)]
        } else if relation.blocks == 0 {
            // Nothing is to be read: all of it costs nothing.
            columns = readable
        } else {
            columns = readable.filter(\.family.isStoredAsText)
            unmeasurable = readable.filter { !$0.family.isStoredAsText }.map {
                Unmeasured(
                    relation: relation.name, column: $0.name, reason: .noBound,
                    detail: "a value is not stored as its text")
            }
        }
    }
}
