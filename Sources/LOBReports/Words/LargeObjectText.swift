import LOBAdvice
import SizeStatistics

/// Large objects (`pg_largeobject`) in words.
enum LargeObjectText {
    /// One line for the summary.
    static func line(_ profile: Profile) -> String {
        guard let objects = profile.largeObjects else { return "not looked at" }
        guard objects.count > 0 else { return "none" }
        let stored = objects.storedBytes.map { ", stored in \(SizeText.rounded(ByteCount($0)))" } ?? ""
        let largest = objects.largestSize.flatMap { size in
            size.value.map { _ in ", largest \(FigureText.exact(size))" }
        }
        let oid = objects.largestOID.map { " (OID \($0))" } ?? ""
        let unreadable =
            objects.unreadable == 0
            ? "" : ", the sizes of \(NumberText.grouped(objects.unreadable)) could not be read"
        return "\(FigureText.words(objects.countFigure)), \(FigureText.rounded(objects.totalSize))\(stored)"
            + "\(largest.map { $0 + oid } ?? "")\(unreadable); DMS migrates none of them"
    }

    /// More about them, where there are any: what it is about, and what is said.
    static func details(_ profile: Profile) -> [(topic: String, text: String)] {
        guard let objects = profile.largeObjects else { return [] }
        guard objects.count > 0 else { return objects.references.map(dangling) ?? [] }
        let largest = (objects.largest ?? []).map { object in
            let stored = object.storedBytes.map { ", stored in \(SizeText.rounded(ByteCount($0)))" } ?? ""
            return "OID \(object.oid) (\(SizeText.rounded(object.size))\(stored))"
        }
        let owners = (objects.owners ?? []).map { owner in
            let granted = owner.granted ?? 0
            let privileges =
                granted == 0 ? "" : ", \(NumberText.grouped(granted)) with privileges of their own"
            return "\(owner.role.losslessText) (\(amount(owner, of: objects))\(privileges))"
        }
        return [
            ("As of", asOf(objects, isMerged: profile.sources != nil)),
            (objects.unreadable == 0 ? "Largest" : "Largest that could be read", list(largest)),
            ("Owners", list(owners)), ("To move them", move(objects)),
        ].filter { !$0.1.isEmpty } + references(objects)
    }

    /// In which moment sizes were read; empty for several databases, each of which has its own.
    private static func asOf(_ objects: LargeObjectSummary, isMerged: Bool) -> String {
        guard let reading = objects.reading else { return "no moment recorded" }
        guard reading.certainty == .oneMoment else {
            return "no single moment: what changed meanwhile may be missing, or counted as it was"
        }
        return isMerged ? "" : TimeText.words(reading.moment.takenAt / 1_000_000)
    }

    private static func move(_ objects: LargeObjectSummary) -> String {
        guard let batches = objects.batches, !batches.isEmpty else { return "" }
        return "\(LargeObjectMove.fileName), "
            + NumberText.counted(batches.count, "batch", plural: "batches")
    }

    private static func references(_ objects: LargeObjectSummary) -> [(topic: String, text: String)] {
        guard let references = objects.references else { return [("Referred to by", "not looked at")] }
        let columns = references.referring.map {
            "\($0.relation.losslessText).\($0.name.losslessText) (\(amount($0, of: objects)))"
        }
        let unchecked = references.unchecked.map { "\($0.subject) (\($0.reason.text))" }
        let none =
            references.unchecked.isEmpty
            ? "no column of type oid or lo" : "no column of type oid or lo that could be read"
        return [("Referred to by", columns.isEmpty ? none : list(columns))]
            + (unchecked.isEmpty ? [] : [("Not checked", list(unchecked))])
            + dangling(references) + numbers(references, of: objects) + [orphans(references, of: objects)]
    }

    private static func dangling(_ references: LargeObjectReferences) -> [(topic: String, text: String)] {
        let columns = references.columns.compactMap { column in
            column.dangling.flatMap { dangling in
                dangling == 0
                    ? nil
                    : "\(column.relation.losslessText).\(column.name.losslessText) (\(NumberText.grouped(dangling)) of "
                        + "\(NumberText.counted(column.values ?? dangling, "value")))"
            }
        }
        return columns.isEmpty ? [] : [("OIDs of no large object in", list(columns))]
    }

    private static func numbers(
        _ references: LargeObjectReferences, of objects: LargeObjectSummary
    ) -> [(topic: String, text: String)] {
        guard let numbers = references.numbers else { return [] }
        let columns = numbers.columns.sorted { $0.isLikely && !$1.isLikely }.map {
            "\($0.relation.losslessText).\($0.name.losslessText) (\(NumberText.grouped($0.matching)) of "
                + "\(NumberText.counted($0.numbers, "number")), \(amount($0, of: objects)))"
        }
        let searched = NumberText.counted(numbers.searched, "column") + " of other types searched"
        let unchecked = numbers.unchecked.map { "\($0.subject) (\($0.reason.text))" }
        return [
            ("Numbers that are OIDs of them", (columns.isEmpty ? "none" : list(columns)) + "; " + searched),
            (
                "Only such numbers refer to",
                !numbers.unchecked.isEmpty
                    ? "not known" : numbers.only.objects == 0 ? "none" : amount(numbers.only, of: objects)
            ),
        ] + (unchecked.isEmpty ? [] : [("Not searched for numbers", list(unchecked))])
    }

    private static func orphans(
        _ references: LargeObjectReferences, of objects: LargeObjectSummary
    ) -> (topic: String, text: String) {
        guard let orphans = references.orphans else {
            return (
                "Referred to by nothing", "not known: what could not be read may refer to any of them"
            )
        }
        guard orphans.objects > 0 else { return ("Referred to by nothing", "none") }
        let amount = amount(orphans, of: objects)
        return references.numbers == nil
            ? ("Not referred to by columns of type oid or lo", amount + "; other columns were not searched")
            : ("Referred to by nothing that was searched", amount)
    }

    private static func amount(_ part: some LargeObjectPart, of objects: LargeObjectSummary) -> String {
        "\(FigureText.counted(objects.count(of: part), "object")), \(FigureText.rounded(objects.size(of: part)))"
    }

    private static func list(_ places: [String]) -> String {
        let shown = places.prefix(5).joined(separator: "; ")
        return places.count > 5 ? "\(shown) and \(places.count - 5) more" : shown
    }
}
