import LOBAdvice
import SizeStatistics

/// `largeObjects` of report.json.
enum JSONLargeObjects {
    /// The member; null where nobody looked.
    static func json(_ objects: LargeObjectSummary?) -> JSONValue {
        .members([
            "count": JSONText.integer(objects?.count),
            "countProvenance": JSONText.text(objects?.countFigure.provenance.rawValue),
            "reading": JSONCertificate.json(objects?.reading),
            "totalBytes": JSONText.integer(objects?.totalSize.value),
            "totalProvenance": JSONText.text(objects?.totalSize.provenance.rawValue),
            "totalIsLowerBound": isLowerBound(objects?.totalSize),
            "largestBytes": JSONText.integer(objects?.sizes.largest?.bytes),
            "largestProvenance": JSONText.text(objects?.largestSize?.provenance.rawValue),
            "largestIsLowerBound": isLowerBound(objects?.largestSize),
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
                part(
                    owner, of: objects, ["role": JSONText.name(owner.role)],
                    ["granted": JSONText.integer(owner.granted)])
            },
            "referredToBy": array(objects?.references?.referring) { column in
                part(column, of: objects, place(column.relation, column.name))
            },
            "notChecked": array(objects?.references?.unchecked, unmeasured),
            "missing": array(objects?.references?.columns.filter { ($0.dangling ?? 0) > 0 }) { column in
                join(
                    place(column.relation, column.name),
                    [
                        "type": column.typeName.map(JSONText.name) ?? .null,
                        "values": JSONText.integer(column.values),
                        "ofNoObject": JSONText.integer(column.dangling),
                    ])
            },
            "numbers": objects?.references?.numbers.map { numbers($0, of: objects) } ?? .null,
            "orphans": objects?.references?.orphans.map { part($0, of: objects) } ?? .null,
            "batches": array(objects?.batches) { batch in
                part(
                    batch, of: objects, ["role": JSONText.name(batch.role)],
                    ["first": .integer(Int(batch.first)), "last": .integer(Int(batch.last))])
            },
        ])
    }

    private typealias Members = KeyValuePairs<String, JSONValue>

    private static func numbers(_ numbers: LargeObjectNumbers, of objects: LargeObjectSummary?) -> JSONValue {
        .members([
            "searched": .integer(numbers.searched),
            "notSearched": .array(numbers.unchecked.map(unmeasured)),
            "columns": .array(
                numbers.columns.map { column in
                    part(
                        column, of: objects, place(column.relation, column.name),
                        [
                            "type": JSONText.name(column.typeName), "numbers": .integer(column.numbers),
                            "matching": .integer(column.matching), "isLikely": .bool(column.isLikely),
                        ])
                }),
            "only": numbers.unchecked.isEmpty ? part(numbers.only, of: objects) : .null,
        ])
    }

    /// The number and the bytes of some objects, between other members; null where no byte of them is known.
    private static func part(
        _ part: some LargeObjectPart, of objects: LargeObjectSummary?, _ before: Members = [:],
        _ after: Members = [:]
    ) -> JSONValue {
        let size = objects?.size(of: part)
        return join(
            before,
            [
                "count": .integer(part.objects), "bytes": JSONText.integer(size?.value),
                "isLowerBound": isLowerBound(size),
            ], after)
    }

    private static func join(_ parts: Members...) -> JSONValue {
        .object(parts.joined().map { JSONMember(key: Array($0.key.utf8), value: $0.value) })
    }

    private static func place(_ relation: RelationName, _ column: Identifier) -> Members {
        ["table": JSONText.name(relation), "column": JSONText.name(column)]
    }

    private static func unmeasured(_ entry: Unmeasured) -> JSONValue {
        .members(["subject": .text(entry.subject), "reason": .text(UnmeasuredWords.reason(entry.reason))])
    }

    /// Whether the true number may be larger; null where there is none.
    private static func isLowerBound(_ figure: Figure?) -> JSONValue {
        figure.map { .bool($0.atMost == nil) } ?? .null
    }

    private static func array<Element>(
        _ elements: [Element]?, _ json: (Element) -> JSONValue
    ) -> JSONValue {
        elements.map { .array($0.map(json)) } ?? .null
    }
}
