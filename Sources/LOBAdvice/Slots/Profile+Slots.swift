extension Profile {
    /// The profile without the columns that no slot carries: what does not travel cannot be cut, and its size
    /// decides nothing.
    var carriedBySlots: Profile {
        guard let slots = deployment?.slots, slots.slots.contains(where: { !$0.columnLists.isEmpty }) else {
            return self
        }
        let kept = tables.map { table -> TableProfile in
            guard let carried = slots.carriedColumns(of: table.relation.name) else { return table }
            return table.keeping { carried.contains($0.name) }
        }
        return replacing(tables: kept, deployment: deployment)
    }
}

extension TableProfile {
    /// The same table with only some of its columns.
    func keeping(columns isKept: (Column) -> Bool) -> TableProfile {
        var table = self
        table.relation = relation.keeping(columns: isKept)
        table.columns = columns.filter { isKept($0.column) }
        return table
    }
}
