/// How many findings there are of each id; those that a person accepted are counted apart.
public struct FindingCounts: Sendable, Equatable {
    /// Findings of one id and severity.
    public struct Kind: Sendable, Equatable {
        public let id: String
        public let severity: Finding.Severity
        public let count: Int
    }

    /// Those that nobody accepted, in the order of the findings.
    public let kinds: [Kind]
    /// How many were accepted.
    public let accepted: Int

    private struct Key: Hashable {
        let id: String
        let severity: Finding.Severity
    }

    /// Counts findings.
    public init(_ findings: [Finding]) {
        var (order, counts): ([Key], [Key: Int]) = ([], [:])
        for finding in findings where finding.acceptance == nil {
            let key = Key(id: finding.id, severity: finding.severity)
            if counts[key] == nil { order.append(key) }
            counts[key, default: 0] += 1
        }
        kinds = order.map { Kind(id: $0.id, severity: $0.severity, count: counts[$0] ?? 0) }
        accepted = findings.count { $0.acceptance != nil }
    }

    /// How many there are of a severity that nobody accepted.
    public subscript(severity: Finding.Severity) -> Int {
        kinds.reduce(0) { $0 + ($1.severity == severity ? $1.count : 0) }
    }
}
