import LOBAdvice
import SizeStatistics

/// `move-large-objects.sh`: a script that moves the large objects of a database to another, batch by batch.
///
/// It holds names of roles, OIDs and sizes; what it reads of objects goes from one psql to another.
struct LargeObjectMove {
    /// Its name in the report folder.
    static let fileName = "move-large-objects.sh"

    private let objects: LargeObjectSummary
    private let batches: [LargeObjectSummary.Batch]
    private let database: Identifier
    private let measuredAt: Int64

    /// Prepares the script; nil where there is nothing to move, or the profile does not say which objects there are.
    init?(_ profile: Profile) {
        guard let objects = profile.largeObjects, let batches = objects.batches, !batches.isEmpty else {
            return nil
        }
        self.objects = objects
        self.batches = batches
        database = profile.database
        measuredAt = profile.startedAt
    }

    /// The script.
    var bytes: [UInt8] {
        var output: [UInt8] = []
        for line in PackageResources.move_large_objects_sh.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
        ) {
            if line.elementsEqual("@ABOUT@".utf8) {
                output += Array(about.utf8)
            } else if line.elementsEqual("@BATCHES@".utf8) {
                output += Array(rows.joined(separator: "\n").utf8)
            } else {
                output += line
            }
            output.append(UInt8(ascii: "\n"))
        }
        // The file ends with a line break, after which there was one more part.
        return output.dropLast()
    }

    private var about: String {
        "# \(FigureText.counted(objects.countFigure, "large object")) of database \(VisibleText.escape(database)), "
            + "\(FigureText.rounded(objects.totalSize)), measured \(TimeText.utc(measuredAt)), by lobscope."
            + labels
    }

    /// What is said of security labels, where there are any.
    private var labels: String {
        guard let count = objects.securityLabels, count > 0 else { return "" }
        return """

            # NOT MOVED: \(NumberText.counted(count, "security label")) of them, which only restore carries over, as far as TARGET \
            has their providers:
            #   SELECT objoid, provider, label FROM pg_catalog.pg_seclabel
            #    WHERE classoid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass;
            """
    }

    /// The batches of each owner cover all OIDs, and the last one all other owners, so that what was made since is
    /// moved too.
    private var rows: [String] {
        var rows: [String] = []
        for (index, batch) in batches.enumerated() {
            let isFirst = index == 0 || batches[index - 1].ownerOID != batch.ownerOID
            let isLast = index + 1 == batches.count || batches[index + 1].ownerOID != batch.ownerOID
            let first = isFirst ? 0 : batches[index - 1].last + 1
            rows.append(
                [
                    "\(index + 1)", "\(batch.ownerOID)", "\(first)", "\(isLast ? UInt32.max : batch.last)",
                    "\(batch.objects)", Self.bytes(objects.size(of: batch)), VisibleText.escape(batch.role),
                ].joined(separator: "\t"))
        }
        return rows + ["\(batches.count + 1)\t0\t0\t\(UInt32.max)\t0\t0\tall others"]
    }

    /// Digits, with what is certain of them.
    private static func bytes(_ size: Figure) -> String {
        guard let value = size.value else { return "?" }
        return (size.atMost == nil ? ">=" : "") + "\(value)"
    }
}
