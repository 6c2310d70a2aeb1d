/// Sizes of one relation that no LOB setting can help.
struct SizePreflight {
    let subject: Preflight.Subject
    let policy: Policy

    /// The largest chunk of memory that PostgreSQL allocates, in bytes, and so the largest value or row.
    private static let largestAllocation: Int64 = 0x3FFF_FFFF
    /// From here on decoders were seen to fail, in bytes of a bytea value (pglogical issue 482).
    private static let doubtfulBytea: Int64 = 400_000_000

    private var relation: Relation { subject.relation }

    var findings: [Finding] {
        relation.columns.flatMap { unboundedVarchar($0) + tooLarge($0) } + rowTooLarge
    }

    private func path(_ column: Column) -> String {
        relation.name.losslessText + "." + column.name.losslessText
    }

    private func unboundedVarchar(_ column: Column) -> [Finding] {
        guard UnboundedVarchar.isOne(column) else { return [] }
        let largest = subject.largest[column.number]
        let isUnknown = subject.unmeasured.contains(column.number)
        let seen =
            largest.map { "the largest value seen has \($0.bytes) bytes" }
            ?? (isUnknown ? "how large they are is not known" : "no value of it was seen")
        return [
            FindingID.unboundedVarchar.finding(
                severity(largest, isUnknown: isUnknown), path(column),
                "\"\(path(column))\" has no length: DMS cuts its values at \(varcharCap); \(seen)",
                remedy: isUnknown
                    ? "measure the column, to know which unboundedVarcharMaxSize it needs"
                    : varcharRemedy(column, largest), reference: GuidePage.source)
        ]
    }

    /// Where values of varchar columns without a length are cut, in words.
    private var varcharCap: String {
        let cap = "\(Column.unboundedVarcharCap) bytes, whatever LobMaxSize says"
        guard let endpoint = subject.endpoint else {
            return "\(cap), unless the source endpoint has unboundedVarcharMaxSize"
        }
        guard let size = endpoint.unboundedVarcharMaxSize else {
            return "\(cap), as the source endpoint has no unboundedVarcharMaxSize"
        }
        return endpoint.isProposed
            ? "\(cap), unless the source endpoint is given unboundedVarcharMaxSize=\(size.bytes)"
            : "\(size.bytes) bytes, the unboundedVarcharMaxSize of the source endpoint, whatever LobMaxSize says"
    }

    /// Values that are cut are an error; those that an endpoint may cut, or has little room for, a warning.
    private func severity(_ largest: ByteCount?, isUnknown: Bool) -> Finding.Severity {
        guard let largest else { return isUnknown ? .warning : .info }
        let cap = ByteCount(Int64(Column.unboundedVarcharCap))
        let isCut: Bool
        if let endpoint = subject.endpoint {
            isCut = largest > endpoint.unboundedVarcharMaxSize ?? cap
        } else {
            isCut = largest > UnboundedVarchar.largestSetting
        }
        if isCut { return policy.acceptsTruncation(of: relation) ? .warning : .error }
        return UnboundedVarchar.setting(for: largest) == nil || hasRoom(for: largest) ? .info : .warning
    }

    /// Whether the source endpoint is known to have room for twice the largest value.
    private func hasRoom(for largest: ByteCount) -> Bool {
        guard let endpoint = subject.endpoint, !endpoint.isProposed,
            let size = endpoint.unboundedVarcharMaxSize
        else { return false }
        return largest.bytes.saturatingProduct(2) <= size.bytes
    }

    private func varcharRemedy(_ column: Column, _ largest: ByteCount?) -> String {
        let asLOB = UnboundedVarchar.asLOB(column, of: relation)
        if let largest, largest > UnboundedVarchar.largestSetting {
            return "no setting holds the largest value; \(asLOB)"
        }
        guard let setting = largest.flatMap(UnboundedVarchar.setting) else {
            return "nothing to do now; where larger values are to come, add unboundedVarcharMaxSize (up to "
                + "\(UnboundedVarchar.largestSetting.bytes)) to the extra connection attributes of the source endpoint"
        }
        if let largest, hasRoom(for: largest) {
            return "nothing to do: the source endpoint has room for twice the largest value"
        }
        let isEnough = setting <= subject.endpoint?.unboundedVarcharMaxSize ?? ByteCount(0)
        if isEnough, subject.endpoint?.isProposed == false {
            return "no larger setting is available; where larger values are to come, \(asLOB)"
        }
        return UnboundedVarchar.attribute(setting)
            + (isEnough ? ", as extra-connection-attributes.txt has it" : "")
    }

    /// Bytes of a value as text: bytea takes two hexadecimal digits a byte, and `\x`.
    private func textBytes(_ column: Column) -> Int64? {
        guard let largest = subject.largest[column.number]?.bytes else { return nil }
        return column.family == .bytea ? largest.saturatingProduct(2).saturatingSum(2) : largest
    }

    private func tooLarge(_ column: Column) -> [Finding] {
        guard let text = textBytes(column), let largest = subject.largest[column.number]?.bytes else {
            return []
        }
        let isImpossible = text > Self.largestAllocation
        guard isImpossible || (column.family == .bytea && largest > Self.doubtfulBytea) else { return [] }
        return [
            FindingID.valueTooLarge.finding(
                isImpossible ? .error : .warning, path(column),
                "\"\(path(column))\" holds a value of \(largest) bytes, \(text) bytes as text: "
                    + (isImpossible
                        ? "PostgreSQL cannot write that out, so no decoder can send it"
                        : "decoders were seen to fail from about 400 MB on"),
                remedy:
                    "move such rows by hand (COPY in binary form), and leave them out of the task with a filter",
                reference: Self.allocation)
        ]
    }

    private static let allocation = "PostgreSQL's limit of 1 GB for one allocation"

    /// The largest values need not be in one row: a warning, no proof.
    private var rowTooLarge: [Finding] {
        let texts = relation.columns.compactMap(textBytes)
        let sum = texts.reduce(Int64(0)) { $0.saturatingSum($1) }
        guard texts.count > 1, sum > Self.largestAllocation,
            !texts.contains(where: { $0 > Self.largestAllocation })
        else { return [] }
        let name = relation.name.losslessText
        return [
            FindingID.rowTooLarge.finding(
                .warning, name,
                "\"\(name)\" could have a row of \(sum) bytes as text, more than the 1 GB that PostgreSQL can write out, "
                    + "if its largest values are in one row",
                remedy: "look for rows that hold several of the largest values, and move them by hand",
                reference: Self.allocation)
        ]
    }
}
