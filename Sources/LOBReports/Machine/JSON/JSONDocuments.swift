import LOBAdvice
import SizeStatistics

/// The member `documents` of a column in report.json: its largest json or jsonb values, taken apart.
enum JSONDocuments {
    /// The member; nil where nobody asked for it.
    static func member(_ column: ColumnProfile) -> JSONMember? {
        column.measurement?.largeDocuments.map { documents in
            JSONMember(
                key: Array("documents".utf8),
                value: .array(documents.map { json($0, column.column.family) }))
        }
    }

    private static func json(_ document: LargeDocument, _ family: TypeFamily) -> JSONValue {
        var (kind, keys, elements, reason): (String?, Int?, Int?, String?)
        switch document.content {
        case .object(let count, _): (kind, keys) = ("object", count)
        case .array(let count): (kind, elements) = ("array", count)
        case .scalar: kind = "scalar"
        case .notKnown(let why): reason = why.rawValue
        }
        return .members([
            "bytes": JSONText.integer(document.value.size.bytes), "ctid": .text(document.value.ctid),
            "kind": JSONText.text(kind), "notKnown": JSONText.text(reason),
            "keys": JSONText.integer(keys), "elements": JSONText.integer(elements),
            "heaviest": .array(document.heaviest.indices.map { key($0, of: document, family) }),
        ])
    }

    private static func key(_ number: Int, of document: LargeDocument, _ family: TypeFamily) -> JSONValue {
        let key = document.heaviest[number]
        let rest = document.size(withoutHeaviest: number + 1, of: family)
        return .members([
            "key": JSONText.name(key.name), "keyHex": JSONText.hex(key.name), "isCut": .bool(key.isCut),
            "occurrences": .integer(key.occurrences), "bytes": JSONText.integer(key.size.bytes),
            "bytesWithout": JSONText.integer(rest.value),
            "bytesWithoutProvenance": .text(rest.provenance.rawValue),
        ])
    }
}
