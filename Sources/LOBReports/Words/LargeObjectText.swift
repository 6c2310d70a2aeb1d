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
    static func details(_ profile: Profile) -> [PageFact] {
        guard let objects = profile.largeObjects else { return [] }
        guard objects.count > 0 else { return objects.references.map(dangling) ?? [] }
        let largest = (objects.largest ?? []).map { object -> PageText in
            let stored = object.storedBytes.map { ", stored in \(SizeText.rounded(ByteCount($0)))" } ?? ""
            return "OID \(String(object.oid)) (\(SizeText.rounded(object.size))\(stored))"
        }
        let owners = (objects.owners ?? []).map { owner -> PageText in
            let granted = owner.granted ?? 0
            let privileges =
                granted == 0 ? "" : ", \(NumberText.grouped(granted)) with privileges of their own"
            return "\(code: owner.role.losslessText) (\(amount(owner, of: objects))\(privileges))"
        }
        return [
            PageFact(term: "As of", text: PageText(asOf(objects, isMerged: profile.sources != nil))),
            PageFact(
                term: objects.unreadable == 0 ? "Largest" : "Largest that could be read", text: list(largest)),
            PageFact(term: "Owners", text: list(owners)), PageFact(term: "To move them", text: move(objects)),
        ].filter { !$0.text.isEmpty } + references(objects)
    }

    /// In which moment sizes were read; empty for several databases, each of which has its own.
    private static func asOf(_ objects: LargeObjectSummary, isMerged: Bool) -> String {
        guard let reading = objects.reading else { return "no moment recorded" }
        guard reading.certainty == .oneMoment else {
            return "no single moment: what changed meanwhile may be missing, or counted as it was"
        }
        return isMerged ? "" : TimeText.words(reading.moment.takenAt / 1_000_000)
    }

    private static func move(_ objects: LargeObjectSummary) -> PageText {
        guard let batches = objects.batches, !batches.isEmpty else { return "" }
        return """
            \(code: LargeObjectMove.fileName), \(NumberText.counted(batches.count, "batch", plural: "batches"))
            """
    }

    private static func references(_ objects: LargeObjectSummary) -> [PageFact] {
        guard let references = objects.references else {
            return [PageFact(term: "Referred to by", text: "not looked at")]
        }
        let columns = references.referring.map { column -> PageText in
            "\(place(column.relation, column.name)) (\(amount(column, of: objects)))"
        }
        let none: PageText =
            references.unchecked.isEmpty
            ? "no column of type oid or lo" : "no column of type oid or lo that could be read"
        return [PageFact(term: "Referred to by", text: columns.isEmpty ? none : list(columns))]
            + unchecked("Not checked", references.unchecked) + dangling(references)
            + numbers(references, of: objects) + [orphans(references, of: objects)]
    }

    /// A column, as code.
    private static func place(_ relation: RelationName, _ column: Identifier) -> PageText {
        .code("\(relation.losslessText).\(column.losslessText)")
    }

    private static func unchecked(_ term: String, _ entries: [Unmeasured]) -> [PageFact] {
        let texts = entries.map { entry -> PageText in
            "\(code: entry.subject) (\(UnmeasuredWords.reason(entry.reason)))"
        }
        return texts.isEmpty ? [] : [PageFact(term: term, text: list(texts))]
    }

    private static func dangling(_ references: LargeObjectReferences) -> [PageFact] {
        let columns = references.columns.compactMap { column -> PageText? in
            guard let dangling = column.dangling, dangling > 0 else { return nil }
            let values = NumberText.counted(column.values ?? dangling, "value")
            return "\(place(column.relation, column.name)) (\(NumberText.grouped(dangling)) of \(values))"
        }
        return columns.isEmpty ? [] : [PageFact(term: "OIDs of no large object in", text: list(columns))]
    }

    private static func numbers(
        _ references: LargeObjectReferences, of objects: LargeObjectSummary
    ) -> [PageFact] {
        guard let numbers = references.numbers else { return [] }
        let columns = numbers.columns.sorted { $0.isLikely && !$1.isLikely }.map { column -> PageText in
            let matching = NumberText.grouped(column.matching)
            let all = NumberText.counted(column.numbers, "number")
            return
                "\(place(column.relation, column.name)) (\(matching) of \(all), \(amount(column, of: objects)))"
        }
        let searched = NumberText.counted(numbers.searched, "column") + " of other types searched"
        let found: PageText = "\(columns.isEmpty ? "none" : list(columns)); \(searched)"
        let only =
            !numbers.unchecked.isEmpty
            ? "not known" : numbers.only.objects == 0 ? "none" : amount(numbers.only, of: objects)
        return [
            PageFact(term: "Numbers that are OIDs of them", text: found),
            PageFact(term: "Only such numbers refer to", text: PageText(only)),
        ] + unchecked("Not searched for numbers", numbers.unchecked)
    }

    private static func orphans(
        _ references: LargeObjectReferences, of objects: LargeObjectSummary
    ) -> PageFact {
        guard let orphans = references.orphans else {
            return PageFact(
                term: "Referred to by nothing",
                text: "not known: what could not be read may refer to any of them")
        }
        guard orphans.objects > 0 else { return PageFact(term: "Referred to by nothing", text: "none") }
        let amount = Self.amount(orphans, of: objects)
        return references.numbers == nil
            ? PageFact(
                term: "Not referred to by columns of type oid or lo",
                text: "\(amount); other columns were not searched")
            : PageFact(term: "Referred to by nothing that was searched", text: PageText(amount))
    }

    private static func amount(_ part: some LargeObjectPart, of objects: LargeObjectSummary) -> String {
        "\(FigureText.counted(objects.count(of: part), "object")), \(FigureText.rounded(objects.size(of: part)))"
    }

    private static func list(_ places: [PageText]) -> PageText {
        var text: PageText = ""
        for (index, place) in places.prefix(5).enumerated() {
            text = "\(text)\(index == 0 ? "" : "; ")\(place)"
        }
        return places.count > 5 ? "\(text) and \(places.count - 5) more" : text
    }
}
