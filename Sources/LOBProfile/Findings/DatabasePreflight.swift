/// What is seen only when all relations are looked at together.
struct DatabasePreflight {
    let relations: [Relation]
    let largeObjects: LargeObjectSummary?
    /// The names of publications; nil where nobody looked.
    var publications: [Identifier]?

    var findings: [Finding] {
        unspellable + differingByCase + partitioned + publicationFindings + largeObjectFindings
    }

    private var unspellable: [Finding] {
        relations.filter { $0.kind.isMigratable && !$0.name.isSpellableInMapping }.map { relation in
            let name = relation.name.losslessText
            return FindingID.nameNotSpellable.finding(
                .error, name,
                "\"\(name)\" has a name that mapping rules cannot spell (%, [, ] or bytes that are no UTF-8): "
                    + "there is no rule for it, and the task will not migrate it",
                remedy:
                    "rename it: ALTER TABLE \(SQLText.quoted(relation.name)) RENAME TO ...; or move it with pg_dump",
                reference: GuidePage.wildcards)
        }
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
            return FindingID.partitionedTable.finding(
                .info, name,
                "\"\(name)\" has \(parts.count) partitions in scope: rules name each of them, and a partition that is made, "
                    + "attached, dropped or truncated during the migration is not followed",
                remedy:
                    "make its partitions on the target beforehand, and write the rules again after each new one",
                reference: GuidePage.source)
        }
    }

    private var publicationFindings: [Finding] {
        guard let publications, !publications.isEmpty else { return [] }
        let names = list(publications.sorted().map(\.losslessText))
        return [
            FindingID.publications.finding(
                .info, "publications",
                "the database has publications (\(names)): DMS reads its slots with pglogical or test_decoding, so their "
                    + "tables, columns and row filters decide nothing",
                remedy: "nothing to do; what a task migrates is in its mapping and its replication sets",
                reference: GuidePage.source)
        ]
    }

    private var largeObjectFindings: [Finding] {
        guard let largeObjects, largeObjects.count > 0 else { return [] }
        let (isReferredTo, whereFrom) = referrers(largeObjects)
        return [
            FindingID.largeObjects.finding(
                isReferredTo ? .error : .warning, "large objects",
                "the database has \(largeObjects.count) large objects (pg_largeobject), and DMS migrates none of them; "
                    + whereFrom + orphans(largeObjects.references),
                remedy:
                    "move them with pg_dump --large-objects, or turn them into bytea; vacuumlo removes those that "
                    + "nothing refers to",
                reference: GuidePage.source)
        ]
    }

    /// Whether anything refers to large objects, or may, and what.
    private func referrers(_ largeObjects: LargeObjectSummary) -> (Bool, String) {
        guard let references = largeObjects.references else { return candidates }
        let columns = references.referring.map {
            "\($0.relation.losslessText).\($0.name.losslessText) (\($0.objects) objects)"
        }
        let unchecked = references.unchecked.map(\.subject)
        let known =
            columns.isEmpty ? "no column that was read refers to them" : "referred to by " + list(columns)
        guard !unchecked.isEmpty else { return (!columns.isEmpty, known) }
        return (true, known + "; columns that could not be read and may refer to them: " + list(unchecked))
    }

    /// Columns by their types only.
    private var candidates: (Bool, String) {
        let references = relations.flatMap { relation in
            relation.columns.filter { $0.family == .largeObjectReference }.map {
                "\(relation.logicalName.losslessText).\($0.name.losslessText)"
            }
        }
        let places = Set(references).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return places.isEmpty
            ? (false, "no column of type oid or lo was found")
            : (true, "columns that may refer to them: " + list(places))
    }

    private func orphans(_ references: LargeObjectReferences?) -> String {
        guard let references else { return "" }
        guard let orphans = references.orphans else { return "; how many nothing refers to was not checked" }
        return "; nothing refers to \(orphans.objects) of them (\(orphans.bytes) bytes)"
    }

    private func list(_ places: [String]) -> String {
        let shown = places.prefix(5).joined(separator: ", ")
        return places.count > 5 ? "\(shown) and \(places.count - 5) more" : shown
    }
}

extension Identifier {
    /// The name without case, in the words of Unicode; exact where two names share it.
    var folded: [UInt8] {
        text.map { Array($0.lowercased().utf8) } ?? bytes
    }
}
