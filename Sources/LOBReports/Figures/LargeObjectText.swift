import LOBProfile
import SizeStatistics

/// Large objects (`pg_largeobject`) in words.
enum LargeObjectText {
    /// One line for the summary.
    static func line(_ profile: Profile) -> String {
        guard let objects = profile.largeObjects else { return "not looked at" }
        guard objects.count > 0 else { return "none" }
        let total = SizeText.rounded(objects.sizes.sum)
        let largest = objects.sizes.largest.map { ", largest \(SizeText.exact($0))" } ?? ""
        let oid = objects.largestOID.map { " (OID \($0))" } ?? ""
        let unreadable =
            objects.unreadable == 0 ? "" : ", \(NumberText.grouped(objects.unreadable)) not readable"
        return "\(NumberText.grouped(objects.count)), \(total)\(largest)\(oid)\(unreadable);"
            + " DMS migrates none of them"
    }
}
