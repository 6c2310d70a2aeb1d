/// What large objects mean for a migration: DMS copies the numbers that refer to them, and none of the objects.
struct LargeObjectPreflight {
    let relations: [Relation]
    let largeObjects: LargeObjectSummary?

    var findings: [Finding] {
        guard let largeObjects else { return [] }
        let references = largeObjects.references
        let missing = (references?.columns ?? []).compactMap(missing)
        guard largeObjects.count > 0 else { return missing }
        return [summary(largeObjects)] + (references?.numbers.map(numbers) ?? []) + missing
    }

    private func summary(_ largeObjects: LargeObjectSummary) -> Finding {
        let (isReferredTo, whereFrom) = referrers(largeObjects)
        return FindingID.largeObjects.finding(
            isReferredTo ? .error : .warning, "large objects",
            "the database has \(largeObjects.countFigure.exactValue == nil ? "about " : "")\(largeObjects.count) large objects (pg_largeobject), and DMS migrates none of them; "
                + whereFrom + orphans(largeObjects),
            remedy:
                "move them with move-large-objects.sh of the report folder or with pg_dump --large-objects, or turn "
                + "them into bytea" + vacuumlo(largeObjects.references),
            reference: GuidePage.source)
    }

    /// Whether anything refers to large objects, or may, and what.
    private func referrers(_ largeObjects: LargeObjectSummary) -> (Bool, String) {
        guard let references = largeObjects.references else { return candidates }
        let columns = references.referring.map {
            "\($0.relation.losslessText).\($0.name.losslessText) (about \($0.objects) objects)"
        }
        let unchecked = references.unchecked.map(\.subject)
        let known =
            columns.isEmpty
            ? "no column of type oid or lo that was read refers to them"
            : "referred to by " + DatabasePreflight.list(columns)
        let isLikely = references.numbers?.columns.contains(where: \.isLikely) ?? false
        guard !unchecked.isEmpty else { return (!columns.isEmpty || isLikely, known) }
        return (
            true,
            known + "; columns that could not be read and may refer to them: "
                + DatabasePreflight.list(unchecked)
        )
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
            : (true, "columns that may refer to them: " + DatabasePreflight.list(places))
    }

    /// What is known of the objects that no column of type oid or lo refers to.
    private func orphans(_ largeObjects: LargeObjectSummary) -> String {
        guard let references = largeObjects.references else { return "" }
        let only = references.numbers.map(\.only).flatMap { $0.objects > 0 ? $0 : nil }
        let numbered = only.map {
            "; only numbers in other columns are the OIDs of \(amount($0, largeObjects)), and may refer to them"
        }
        guard let orphans = references.orphans else {
            let hidden = references.numbers?.unchecked.map(\.subject) ?? []
            let tables = hidden.isEmpty ? "" : ": \(DatabasePreflight.list(hidden)) could not be searched"
            return (numbered ?? "") + "; how many nothing refers to is not known" + tables
        }
        guard orphans.objects > 0 else { return numbered ?? "" }
        let searched =
            references.numbers == nil
            ? "columns of type oid or lo, and others were not searched, do not refer to"
            : "columns of type oid, lo, text, varchar, char and bigint do not refer to"
        return (numbered ?? "") + "; \(searched) \(amount(orphans, largeObjects))"
    }

    private func amount(_ part: LargeObjectAmount, _ largeObjects: LargeObjectSummary) -> String {
        let size = largeObjects.size(of: part)
        let words =
            switch size.provenance {
            case .exact: "\(size.atLeast) bytes"
            case .atLeast: "at least \(size.atLeast) bytes"
            case .atMost: "at most \(size.atMost ?? 0) bytes"
            case .estimated: "about \(size.estimate ?? 0) bytes"
            case .notKnown: "sizes not known"
            }
        // The search is not of one moment: what it saw refer to nothing is the most that there is.
        return "at most \(part.objects) of them (\(words))"
    }

    /// vacuumlo removes what no column of type oid or lo refers to, so it is named only where everything was searched.
    private func vacuumlo(_ references: LargeObjectReferences?) -> String {
        guard let references, let orphans = references.orphans, let numbers = references.numbers else {
            return ""
        }
        guard references.isVacuumloSafe else {
            return numbers.only.objects > 0
                ? "; do not run vacuumlo: it would remove those too that only numbers refer to"
                : "; do not run vacuumlo: it does not ask columns of other domains than lo"
        }
        guard orphans.objects > 0 else { return "" }
        return
            "; those that nothing was found to refer to can be removed with vacuumlo, unless an application keeps OIDs "
            + "elsewhere, as in integer, numeric or json columns, arrays or another database (vacuumlo -n counts only)"
    }
}

/// Columns with numbers that are OIDs of large objects, and of none.
extension LargeObjectPreflight {
    /// One finding for each column that hardly holds OIDs by chance, and one for all others.
    private func numbers(_ numbers: LargeObjectNumbers) -> [Finding] {
        let unlikely = numbers.columns.filter { !$0.isLikely }.map {
            "\($0.relation.losslessText).\($0.name.losslessText) (\($0.matching) of \($0.numbers))"
        }
        let likely = numbers.columns.filter(\.isLikely).map { column in
            let place = "\(column.relation.losslessText).\(column.name.losslessText)"
            return FindingID.largeObjectNumber.finding(
                .warning, place,
                "\"\(place)\" of type \(column.typeName.losslessText) may refer to large objects: \(column.matching) of its "
                    + "\(column.numbers) numbers are their OIDs (different ones: \(column.objects)), and DMS copies the number, not "
                    + "the object",
                remedy:
                    "ask the application, as Hibernate keeps a @Lob String this way; then move the large objects too, or "
                    + "turn them into values of the column",
                reference: GuidePage.source)
        }
        guard !unlikely.isEmpty else { return likely }
        return likely + [
            FindingID.largeObjectNumber.finding(
                .info, "large objects",
                "some numbers in these columns are OIDs of large objects and most are not, which may be chance: "
                    + DatabasePreflight.list(unlikely),
                remedy: "ask the application whether it keeps OIDs of large objects there",
                reference: GuidePage.source)
        ]
    }

    /// Values that are the OID of no large object.
    private func missing(_ column: LargeObjectReferences.Column) -> Finding? {
        guard let dangling = column.dangling, dangling > 0, let values = column.values else { return nil }
        let place = "\(column.relation.losslessText).\(column.name.losslessText)"
        let type = column.typeName?.losslessText ?? "oid"
        let isLO = column.isLO ?? false
        return FindingID.largeObjectMissing.finding(
            isLO ? .warning : .info, place,
            "\"\(place)\" of type \(type) holds \(dangling) of \(values) values that are the OID of no large object"
                + (isLO
                    ? ": those objects are gone"
                    : "; type oid is used for other things too, so this is a fault only where they were large objects"),
            remedy: isLO
                ? "find out whether the objects were lost before they are moved"
                : "nothing where the column means other objects; else find out whether the large objects were lost",
            reference: nil)
    }
}
