import LOBAdvice

extension LargeObjectFinding {
    /// - Parameter place: the column with its table.
    func text(of place: String) -> FindingText {
        switch self {
        case .present(let presence): presence.text
        case .numbers(let found):
            .init(
                "\"\(place)\" of type \(found.type.losslessText) may refer to large objects: \(found.matching) of its "
                    + "\(found.numbers) numbers are their OIDs (different ones: \(found.objects)), and DMS copies the number, not "
                    + "the object",
                remedy:
                    "ask the application, as Hibernate keeps a @Lob String this way; then move the large objects too, or "
                    + "turn them into values of the column")
        case .unlikelyNumbers(let columns):
            .init(
                "some numbers in these columns are OIDs of large objects and most are not, which may be chance: "
                    + FindingText.list(columns.map { "\($0.name.text) (\($0.matching) of \($0.numbers))" }),
                remedy: "ask the application whether it keeps OIDs of large objects there")
        case .missing(let type, let count, let values, let isLO):
            .init(
                "\"\(place)\" of type \(type?.losslessText ?? "oid") holds \(count) of \(values) values that are the OID of no "
                    + "large object"
                    + (isLO
                        ? ": those objects are gone"
                        : "; type oid is used for other things too, so this is a fault only where they were large objects"),
                remedy: isLO
                    ? "find out whether the objects were lost before they are moved"
                    : "nothing where the column means other objects; else find out whether the large objects were lost"
            )
        }
    }
}

extension LargeObjectFinding.Presence {
    fileprivate var text: FindingText {
        let numbered =
            onlyByNumbers.map {
                "; only numbers in other columns are the OIDs of \($0.text), and may refer to them"
            } ?? ""
        return .init(
            "the database has \(isCountExact ? "" : "about ")\(count) large objects (pg_largeobject), and DMS migrates none of them; "
                + referrers.text + numbered + orphans.text,
            remedy:
                "move them with move-large-objects.sh of the report folder or with pg_dump --large-objects, or turn "
                + "them into bytea" + vacuumlo.text)
    }
}

extension LargeObjectFinding.Referrers {
    fileprivate var text: String {
        switch self {
        case .candidates(let columns):
            return columns.isEmpty
                ? "no column of type oid or lo was found"
                : "columns that may refer to them: " + FindingText.list(columns.map(\.text))
        case .read(let columns, let unchecked):
            let known =
                columns.isEmpty
                ? "no column of type oid or lo that was read refers to them"
                : "referred to by "
                    + FindingText.list(columns.map { "\($0.name.text) (about \($0.objects) objects)" })
            return unchecked.isEmpty
                ? known
                : known + "; columns that could not be read and may refer to them: "
                    + FindingText.list(unchecked)
        }
    }
}

extension LargeObjectFinding.Orphans {
    fileprivate var text: String {
        switch self {
        case .notAsked, .none: return ""
        case .notKnown(let hidden):
            let tables = hidden.isEmpty ? "" : ": \(FindingText.list(hidden)) could not be searched"
            return "; how many nothing refers to is not known" + tables
        case .some(let amount, let isEverythingSearched):
            let searched =
                isEverythingSearched
                ? "columns of type oid, lo, text, varchar, char and bigint do not refer to"
                : "columns of type oid or lo, and others were not searched, do not refer to"
            return "; \(searched) \(amount.text)"
        }
    }
}

extension LargeObjectFinding.Amount {
    /// The search is not of one moment: what it saw refer to nothing is the most that there is.
    fileprivate var text: String {
        let words =
            switch size.provenance {
            case .exact: "\(size.atLeast) bytes"
            case .atLeast: "at least \(size.atLeast) bytes"
            case .atMost: "at most \(size.atMost ?? 0) bytes"
            case .estimated: "about \(size.estimate ?? 0) bytes"
            case .notKnown: "sizes not known"
            }
        return "at most \(objects) of them (\(words))"
    }
}

extension LargeObjectFinding.Vacuumlo {
    fileprivate var text: String {
        switch self {
        case .notNamed: ""
        case .removesNumbered: "; do not run vacuumlo: it would remove those too that only numbers refer to"
        case .missesDomains: "; do not run vacuumlo: it does not ask columns of other domains than lo"
        case .possible:
            "; those that nothing was found to refer to can be removed with vacuumlo, unless an application keeps OIDs "
                + "elsewhere, as in integer, numeric or json columns, arrays or another database (vacuumlo -n counts only)"
        }
    }
}
