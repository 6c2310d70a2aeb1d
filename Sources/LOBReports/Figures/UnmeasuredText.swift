import LOBProfile

extension Unmeasured {
    /// What it concerns, for people: `schema.table`, `schema.table.column` or the large objects.
    var subject: String {
        guard let relation else { return "large objects" }
        return relation.losslessText + (column.map { "." + $0.losslessText } ?? "")
    }
}
