/// Sizes that no LOB setting helps with, or that are not known.
public enum SizeFinding: Hashable, Sendable {
    /// A varchar without a length.
    case unboundedVarchar(cap: VarcharCap, seen: VarcharSeen, VarcharRemedy)
    /// A value, in its bytes and those of its text.
    case valueTooLarge(bytes: Int64, text: Int64, isImpossible: Bool)
    /// The bytes of a row of the largest values, as text.
    case rowTooLarge(bytes: Int64)
    /// An estimate that gives no limit, with what it says.
    case refused(LimitRefusal, statement: String)
    /// Many values of one size, and how many are larger.
    case spike(Spike)

    /// Where values of a varchar without a length are cut.
    public enum VarcharCap: Hashable, Sendable {
        /// By default, as nothing is known of the endpoint.
        case byDefault
        /// The endpoint has no setting.
        case withoutSetting
        /// The endpoint gets a setting of so many bytes, if the proposal is followed.
        case proposed(ByteCount)
        case deployed(ByteCount)
    }

    /// The largest value of such a column.
    public enum VarcharSeen: Hashable, Sendable {
        case largest(ByteCount)
        case notKnown, none
    }

    /// What to do about such a column.
    public enum VarcharRemedy: Hashable, Sendable {
        case measure
        case nothingNow
        case hasRoom
        /// No setting holds the largest value: a statement makes the column a LOB.
        case makeLOB(VarcharColumn)
        /// The setting is the largest; where it is not enough, a statement makes the column a LOB.
        case largestSetting(VarcharColumn)
        case setting(ByteCount, isInFile: Bool)
    }

    /// A column without a length and its table.
    public struct VarcharColumn: Hashable, Sendable {
        public let table: RelationName
        public let column: Identifier
    }

    /// A size that far more values have than any near it.
    public struct Spike: Hashable, Sendable {
        public let size: ByteCount
        public let count: Int
        public let larger: Int
        /// The most values that a size near it has.
        public let neighbour: Int
        /// Whether not all values were read.
        public let isOfSample: Bool
    }
}

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
        let seen: SizeFinding.VarcharSeen =
            largest.map { .largest($0) } ?? (isUnknown ? .notKnown : .none)
        return [
            FindingID.unboundedVarchar.finding(
                severity(largest, isUnknown: isUnknown), path(column),
                .size(
                    .unboundedVarchar(
                        cap: varcharCap, seen: seen, isUnknown ? .measure : varcharRemedy(column, largest))),
                .source)
        ]
    }

    /// Where values of varchar columns without a length are cut.
    private var varcharCap: SizeFinding.VarcharCap {
        guard let endpoint = subject.endpoint else { return .byDefault }
        guard let size = endpoint.unboundedVarcharMaxSize else { return .withoutSetting }
        return endpoint.isProposed ? .proposed(size) : .deployed(size)
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

    private func varcharRemedy(_ column: Column, _ largest: ByteCount?) -> SizeFinding.VarcharRemedy {
        let name = SizeFinding.VarcharColumn(table: relation.logicalName, column: column.name)
        if let largest, largest > UnboundedVarchar.largestSetting { return .makeLOB(name) }
        guard let setting = largest.flatMap(UnboundedVarchar.setting) else { return .nothingNow }
        if let largest, hasRoom(for: largest) { return .hasRoom }
        let isEnough = setting <= subject.endpoint?.unboundedVarcharMaxSize ?? ByteCount(0)
        if isEnough, subject.endpoint?.isProposed == false { return .largestSetting(name) }
        return .setting(setting, isInFile: isEnough)
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
                .size(.valueTooLarge(bytes: largest, text: text, isImpossible: isImpossible)), .allocation)
        ]
    }

    /// The largest values need not be in one row: a warning, no proof.
    private var rowTooLarge: [Finding] {
        let texts = relation.columns.compactMap(textBytes)
        let sum = texts.reduce(Int64(0)) { $0.saturatingSum($1) }
        guard texts.count > 1, sum > Self.largestAllocation,
            !texts.contains(where: { $0 > Self.largestAllocation })
        else { return [] }
        return [
            FindingID.rowTooLarge.finding(
                .warning, relation.name.losslessText, .size(.rowTooLarge(bytes: sum)), .allocation)
        ]
    }
}
