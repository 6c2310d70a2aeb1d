/// Finds for each table of one profile the one of another that holds the same data.
enum TablePairing {
    /// A table, and what it is on the other side.
    typealias Pair = Paired<TableRecommendation>

    /// Pairs tables of the same name.
    ///
    /// - Parameter acrossSchemas: whether tables that are left over may be paired by their own name alone, upper
    ///   and lower case alike, where it occurs once on each side: a load may rename schemas and fold names.
    static func pairs(
        _ old: [TableRecommendation], _ new: [TableRecommendation], acrossSchemas: Bool
    ) -> [Pair] {
        let byName = Dictionary(new.map { ($0.name, $0) }) { first, _ in first }
        let sameName = old.compactMap { table in byName[table.name].map { Pair.both(table, $0) } }
        let (oldRest, newRest) = rest(old, new, after: sameName)
        guard acrossSchemas else { return sameName + oldRest.map(Pair.gone) + newRest.map(Pair.added) }
        let ownName = byOwnName(oldRest, newRest)
        let (gone, added) = rest(oldRest, newRest, after: ownName)
        return sameName + ownName + gone.map(Pair.gone) + added.map(Pair.added)
    }

    private static func rest(
        _ old: [TableRecommendation], _ new: [TableRecommendation], after pairs: [Pair]
    ) -> ([TableRecommendation], [TableRecommendation]) {
        let (before, after) = (Set(pairs.compactMap(\.old?.name)), Set(pairs.compactMap(\.new?.name)))
        return (old.filter { !before.contains($0.name) }, new.filter { !after.contains($0.name) })
    }

    private static func byOwnName(_ old: [TableRecommendation], _ new: [TableRecommendation]) -> [Pair] {
        let left = Dictionary(grouping: old) { $0.name.name.folded }
        let right = Dictionary(grouping: new) { $0.name.name.folded }
        return left.keys.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { key in
            guard let one = left[key], let other = right[key], one.count == 1, other.count == 1 else {
                return nil
            }
            return .both(one[0], other[0])
        }
    }
}
