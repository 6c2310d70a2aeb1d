/// A finding that lobscope can make: its raw value is the id.
public protocol FindingCode: RawRepresentable, CaseIterable, Sendable where RawValue == String {
    /// What it says, in one line.
    var meaning: String { get }
    /// Where the rules behind most of the findings are written; nil where they are our own.
    static var usualReference: GuidePage? { get }
}

/// Every finding that lobscope can make, for the manual and for tools that filter by id.
public enum FindingRegistry {
    /// The ids with their meanings, in the order of ids.
    public static let entries: [Entry] = {
        let codes: [any FindingCode.Type] = [
            FindingID.self, LintID.self, MappingViolation.Kind.self, SlotID.self, TargetID.self,
            TruncationID.self,
        ]
        return codes.flatMap { $0.entries }.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }()

    /// What an id says, in one line.
    public static func meaning(of id: String) -> String? { meanings[id] }

    private static let meanings = Dictionary(entries.map { ($0.id, $0.meaning) }) { first, _ in first }

    /// The ids that a policy file can accept, in their order: what a log tells of has happened, and is not to be accepted.
    public static let acceptable = entries.map(\.id).filter { TruncationID(rawValue: $0) == nil }

    /// The id in ``acceptable`` that was probably meant: it differs by case, or by at most two letters; nil where there is none.
    public static func probablyMeant(by text: String) -> String? {
        let folded = text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        let near = acceptable.map { ($0, EditDistance.between(Array($0.utf8), folded)) }.filter { $0.1 <= 2 }
        return near.min { $0.1 < $1.1 }?.0
    }

    /// A finding's id and what it says.
    public struct Entry: Hashable, Sendable {
        public let id: String
        /// One line.
        public let meaning: String
    }
}

extension FindingCode {
    fileprivate static var entries: [FindingRegistry.Entry] {
        allCases.map { .init(id: $0.rawValue, meaning: $0.meaning) }
    }

    public static var usualReference: GuidePage? { nil }

    /// A finding with this id, for which the usual page is the reference.
    func finding(_ severity: Finding.Severity, _ subject: String, _ detail: Finding.Detail) -> Finding {
        finding(severity, subject, detail, Self.usualReference)
    }

    /// A finding with this id.
    func finding(
        _ severity: Finding.Severity, _ subject: String, _ detail: Finding.Detail, _ page: GuidePage?,
        fix: Finding.Fix? = nil
    ) -> Finding {
        Finding(
            id: rawValue, severity: severity, subject: subject, detail: detail, page: page, fix: fix)
    }
}
