/// What is seen only when all relations are looked at together.
public enum DatabaseFinding: Hashable, Sendable {
    case notSpellable(RelationName)
    case differByCase([RelationName])
    /// Leaves in scope, and tables of the same root that are not.
    case partitioned(leaves: Int, outOfScope: [RelationName])
    case publications([Identifier])
}

/// Looks at all relations together.
struct DatabasePreflight {
    let relations: [Relation]
    let largeObjects: LargeObjectSummary?
    /// The names of publications; nil where nobody looked.
    var publications: [Identifier]?

    var findings: [Finding] {
        unspellable + differingByCase + partitioned + publicationFindings
            + LargeObjectPreflight(relations: relations, largeObjects: largeObjects).findings
    }

    private var unspellable: [Finding] { relations.compactMap(Self.unspellable) }

    /// That no rule can name a table; nil for one that a rule can, and for what DMS does not migrate.
    static func unspellable(_ relation: Relation) -> Finding? {
        guard relation.kind.isMigratable, !relation.name.isSpellableInMapping else { return nil }
        return FindingID.nameNotSpellable.finding(
            .error, relation.name.losslessText, .database(.notSpellable(relation.name)), .wildcards)
    }

    private var differingByCase: [Finding] {
        let migrated = relations.filter(\.kind.isMigratable).map(\.name)
        let groups = Dictionary(grouping: migrated) { "\($0.schema.folded)\u{0}\($0.name.folded)" }
        return groups.values.filter { $0.count > 1 }.map { group in
            let names = group.sorted()
            return FindingID.namesDifferByCase.finding(
                .error, names[0].losslessText, .database(.differByCase(names)), .assessments)
        }
    }

    private var partitioned: [Finding] {
        let leaves = Dictionary(grouping: relations.filter { $0.kind == .leaf }, by: \.logicalName)
        return leaves.map { root, parts in
            let others = Set(parts.flatMap { $0.partitionsOutOfScope ?? [] }).sorted()
            return FindingID.partitionedTable.finding(
                others.isEmpty ? .info : .warning, root.losslessText,
                .database(.partitioned(leaves: parts.count, outOfScope: others)), .source)
        }
    }

    private var publicationFindings: [Finding] {
        guard let publications, !publications.isEmpty else { return [] }
        return [
            FindingID.publications.finding(
                .info, "publications", .database(.publications(publications.sorted())), .source)
        ]
    }
}

extension Identifier {
    /// The name without case, in the words of Unicode; exact where two names share it.
    var folded: [UInt8] {
        text.map { Array($0.lowercased().utf8) } ?? bytes
    }
}
