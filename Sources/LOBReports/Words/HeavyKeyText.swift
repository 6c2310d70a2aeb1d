import LOBAdvice
import SizeStatistics

/// Heavy top-level keys of json and jsonb values in words.
enum HeavyKeyText {
    /// What the section is about, and what a key is.
    static func introduction(_ names: JSONKeyNames) -> PageText {
        let what: PageText = """
            The largest json and jsonb values by the keys of their top level. What stands behind a key did not leave the server.
            """
        switch names {
        case .named: return "\(what) Keys are spelled as in the value."
        case .hashed:
            return """
                \(what) For each key stand the first \(HeavyKey.hashDigits) digits of the SHA-256 of its spelling: \
                \(code: "printf %s KEY | sha256sum") tells whether it is one that you know.
                """
        }
    }

    /// Where no value was taken apart.
    static let nothing: PageText = "No json or jsonb value of over 1 KB has a place that is known."

    /// A key, with its quotation marks where it is spelled out.
    static func key(_ key: HeavyKey, _ names: JSONKeyNames) -> PageText {
        let name = key.name.losslessText
        let spelled: PageText = names == .named ? .code("\"\(name)\"") : .code(name)
        let times = key.occurrences > 1 ? ", \(NumberText.grouped(key.occurrences)) times" : ""
        return "\(spelled)\(key.isCut ? " (cut)" : "")\(times)"
    }

    /// The share of a value that a key takes.
    static func share(_ key: HeavyKey, of document: LargeDocument) -> String {
        NumberText.percent(min(1, Double(key.size.bytes) / Double(max(1, document.value.size.bytes))))
    }

    /// What the largest values of a column have in common, such as `5 values of up to 9,000 B; "a" is the heaviest key of 4;
    /// 1 is an array of 12 elements`.
    static func summary(_ documents: [LargeDocument], _ names: JSONKeyNames) -> PageText {
        let heaviest = Dictionary(grouping: documents.compactMap(\.heaviest.first), by: \.name)
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        let keys = heaviest.compactMap { _, keys -> PageText? in
            keys.first.map { first -> PageText in
                let once = HeavyKey(
                    name: first.name, isCut: first.isCut, occurrences: 1, size: first.size)
                return "\(key(once, names)) is the heaviest key of \(NumberText.grouped(keys.count))"
            }
        }
        let parts = keys + documents.compactMap { other($0).map { PageText($0) } }
        let size = SizeText.exact(documents.first?.value.size ?? ByteCount(0))
        let beginning: PageText = "\(NumberText.counted(documents.count, "value")) of up to \(size)"
        return parts.reduce(beginning) { "\($0); \($1)" }
    }

    /// A value without a heaviest key.
    private static func other(_ document: LargeDocument) -> String? {
        switch document.content {
        case .object(_, let heaviest): heaviest.isEmpty ? "1 is an object without keys" : nil
        case .array(let elements): "1 is an array of \(NumberText.counted(elements, "element"))"
        case .scalar: "1 is neither object nor array"
        case .notKnown(let reason): "1 is not known (\(words(reason)))"
        }
    }

    private static func words(_ reason: LargeDocument.Reason) -> String {
        switch reason {
        case .changed: "the row has changed or gone since it was measured"
        case .tooLarge: "it is larger than 64 MiB"
        case .failed: "the server could not take it apart"
        }
    }

    /// The heaviest key of the largest value of a table, as the end of a story about it; empty where none is known.
    static func story(_ columns: [ColumnRecommendation], _ names: JSONKeyNames?) -> PageText {
        let largest = columns.compactMap { column in
            column.profile.measurement?.largeDocuments?.first.map { (column.profile.column.family, $0) }
        }.max { $0.1.value.size < $1.1.value.size }
        guard let names, let (family, document) = largest, let heaviest = document.heaviest.first else {
            return ""
        }
        let rest = FigureText.exact(document.size(withoutHeaviest: 1, of: family))
        return
            " In the largest json value \(key(heaviest, names)) takes \(share(heaviest, of: document)); without it: \(rest)."
    }
}
