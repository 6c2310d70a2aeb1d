import LOBProfile
import SizeStatistics

/// Large objects (`pg_largeobject`) in words.
enum LargeObjectText {
    /// One line for the summary.
    static func line(_ profile: Profile) -> String {
        guard let objects = profile.largeObjects else { return "not looked at" }
        guard objects.count > 0 else { return "none" }
        let total = SizeText.rounded(objects.sizes.sum)
        let stored = objects.storedBytes.map { ", stored in \(SizeText.rounded(ByteCount($0)))" } ?? ""
        let largest = objects.sizes.largest.map { ", largest \(SizeText.exact($0))" } ?? ""
        let oid = objects.largestOID.map { " (OID \($0))" } ?? ""
        let unreadable =
            objects.unreadable == 0 ? "" : ", \(NumberText.grouped(objects.unreadable)) not readable"
        return "\(NumberText.grouped(objects.count)), \(total)\(stored)\(largest)\(oid)\(unreadable);"
            + " DMS migrates none of them"
    }

    /// More about them, where there are any: what it is about, and what is said.
    static func details(_ profile: Profile) -> [(topic: String, text: String)] {
        guard let objects = profile.largeObjects, objects.count > 0 else { return [] }
        let owners = (objects.owners ?? []).map {
            "\($0.role.losslessText) (\(amount($0.objects, $0.bytes)))"
        }
        let largest = (objects.largest ?? []).map { object in
            let stored = object.storedBytes.map { ", stored in \(SizeText.rounded(ByteCount($0)))" } ?? ""
            return "OID \(object.oid) (\(SizeText.rounded(object.size))\(stored))"
        }
        return [("Largest", list(largest)), ("Owners", list(owners))].filter { !$0.1.isEmpty }
            + references(objects.references)
    }

    private static func references(_ references: LargeObjectReferences?) -> [(topic: String, text: String)] {
        guard let references else { return [("Referred to by", "not looked at")] }
        let columns = references.referring.map {
            "\($0.relation.losslessText).\($0.name.losslessText) (\(amount($0.objects, $0.bytes)))"
        }
        let unchecked = references.unchecked.map { "\($0.subject) (\($0.reason.text))" }
        let none = references.unchecked.isEmpty ? "no column" : "no column that could be read"
        let orphans =
            references.orphans.map { $0.objects == 0 ? "none" : amount($0.objects, $0.bytes) }
            ?? "not known: a column that could not be read may refer to any of them"
        return [("Referred to by", columns.isEmpty ? none : list(columns))]
            + (unchecked.isEmpty ? [] : [("Not checked", list(unchecked))])
            + [("Referred to by nothing", orphans)]
    }

    private static func amount(_ objects: Int, _ bytes: Int64) -> String {
        "\(NumberText.counted(objects, "object")), \(SizeText.rounded(ByteCount(bytes)))"
    }

    private static func list(_ places: [String]) -> String {
        let shown = places.prefix(5).joined(separator: "; ")
        return places.count > 5 ? "\(shown) and \(places.count - 5) more" : shown
    }
}
