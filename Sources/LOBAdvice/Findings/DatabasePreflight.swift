/// What is seen only when all relations are looked at together.
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
        let name = relation.name.losslessText
        return FindingID.nameNotSpellable.finding(
            .error, name,
            "\"\(name)\" has a name that mapping rules cannot spell (%, [, ] or bytes that are not UTF-8): "
                + "there is no rule for it, and the task will not migrate it",
            remedy:
                "rename it: ALTER TABLE \(SQLText.quoted(relation.name)) RENAME TO ...; or move it with pg_dump",
            reference: GuidePage.wildcards)
    }

    private var differingByCase: [Finding] {
        let migrated = relations.filter(\.kind.isMigratable).map(\.name)
        let groups = Dictionary(grouping: migrated) { "\($0.schema.folded)\u{0}\($0.name.folded)" }
        return groups.values.filter { $0.count > 1 }.map { group in
            let names = group.sorted().map(\.losslessText)
            return FindingID.namesDifferByCase.finding(
                .error, names[0],
                "\"\(names.joined(separator: "\", \""))\" differ only by case, which DMS does not support",
                remedy: "rename all but one of them", reference: GuidePage.assessments)
        }
    }

    private var partitioned: [Finding] {
        let leaves = Dictionary(grouping: relations.filter { $0.kind == .leaf }, by: \.logicalName)
        return leaves.map { root, parts in
            let name = root.losslessText
            let others = Set(parts.flatMap { $0.partitionsOutOfScope ?? [] }).sorted()
                .map { "\"\($0.losslessText)\"" }
            let left =
                others.isEmpty
                ? "" : "; \(Self.list(others)): out of scope, so its rows are in no figure and no rule"
            return FindingID.partitionedTable.finding(
                others.isEmpty ? .info : .warning, name,
                "\"\(name)\" has \(parts.count) partitions in scope: rules name each of them, and a partition that is made, "
                    + "attached, dropped or truncated during the migration is not followed\(left)",
                remedy:
                    "make its partitions on the target beforehand, and write the rules again after each new one",
                reference: GuidePage.source)
        }
    }

    /// The first five, and how many more there are.
    static func list(_ places: [String]) -> String {
        let shown = places.prefix(5).joined(separator: ", ")
        return places.count > 5 ? "\(shown) and \(places.count - 5) more" : shown
    }

    private var publicationFindings: [Finding] {
        guard let publications, !publications.isEmpty else { return [] }
        let names = Self.list(publications.sorted().map(\.losslessText))
        return [
            FindingID.publications.finding(
                .info, "publications",
                "the database has publications (\(names)): DMS reads its slots with pglogical or test_decoding, so their "
                    + "tables, columns and row filters decide nothing",
                remedy: "nothing to do; what a task migrates is in its mapping and its replication sets",
                reference: GuidePage.source)
        ]
    }

}

extension Identifier {
    /// The name without case, in the words of Unicode; exact where two names share it.
    var folded: [UInt8] {
        text.map { Array($0.lowercased().utf8) } ?? bytes
    }
}
