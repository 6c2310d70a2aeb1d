/// `parallel-load` of the type `ranges`: the columns whose values divide a table, and the values where they do.
package struct ParallelLoad: Hashable {
    /// The most columns that DMS takes (DMS user guide, table settings).
    static let mostColumns = 10

    /// Names of the columns.
    package let columns: [[UInt8]]
    /// How many values each boundary has; one for each column is wanted.
    let boundaryWidths: [Int]

    /// nil where the type is another one.
    init?(_ json: JSONValue) {
        guard json.present("type")?.word == "ranges" else { return nil }
        columns = (json.present("columns")?.elements ?? []).compactMap(\.stringBytes)
        boundaryWidths = (json.present("boundaries")?.elements ?? []).map { $0.elements?.count ?? 0 }
    }

    /// What is wrong with it whatever the table holds, to follow the rule's name; nil where nothing is.
    var fault: String? {
        if columns.isEmpty { return "has a parallel-load by ranges without columns" }
        if columns.count > Self.mostColumns {
            return "has a parallel-load by \(columns.count) columns, DMS takes up to \(Self.mostColumns)"
        }
        if boundaryWidths.isEmpty { return "has a parallel-load by ranges without boundaries" }
        guard boundaryWidths.allSatisfy({ $0 == columns.count }) else {
            return "has a boundary without one value for each of its \(columns.count) columns"
        }
        return nil
    }
}

extension MappingRule {
    /// `parallel-load` by ranges; nil where there is none.
    var parallelLoad: ParallelLoad? { json.present("parallel-load").flatMap(ParallelLoad.init) }
}
