import LOBProfile
import SizeStatistics

/// `largeObjects` of report.json.
enum JSONLargeObjects {
    /// The member; null where nobody looked.
    static func json(_ objects: LargeObjectSummary?) -> JSONValue {
        .members([
            "count": JSONText.integer(objects?.count),
            "totalBytes": JSONText.integer(objects?.sizes.sum.bytes),
            "largestBytes": JSONText.integer(objects?.sizes.largest?.bytes),
            "largestOID": JSONText.integer(objects?.largestOID.map { Int($0) }),
            "unreadable": JSONText.integer(objects?.unreadable),
            "storedBytes": JSONText.integer(objects?.storedBytes),
            "largest": array(objects?.largest) { object in
                .members([
                    "oid": .integer(Int(object.oid)), "bytes": JSONText.integer(object.size.bytes),
                    "storedBytes": JSONText.integer(object.storedBytes),
                ])
            },
            "owners": array(objects?.owners) { owner in
                .members([
                    "role": JSONText.name(owner.role), "count": .integer(owner.objects),
                    "bytes": JSONText.integer(owner.bytes),
                ])
            },
            "referredToBy": array(objects?.references?.referring) { column in
                .members([
                    "table": JSONText.name(column.relation), "column": JSONText.name(column.name),
                    "count": .integer(column.objects), "bytes": JSONText.integer(column.bytes),
                ])
            },
            "notChecked": array(objects?.references?.unchecked) { entry in
                .members([
                    "subject": .text(entry.subject), "reason": .text(entry.reason.text),
                ])
            },
            "orphans": objects?.references?.orphans.map { orphans in
                .members([
                    "count": .integer(orphans.objects), "bytes": JSONText.integer(orphans.bytes),
                ])
            } ?? .null,
        ])
    }

    private static func array<Element>(
        _ elements: [Element]?, _ json: (Element) -> JSONValue
    ) -> JSONValue {
        elements.map { .array($0.map(json)) } ?? .null
    }
}
