/// The databases of a roll-up, the worst first.
public struct FleetSummary: Sendable, Equatable {
    /// What failed, then what is not ready, then by errors, warnings and largest value.
    public let entries: [FleetEntry]
    /// The moment from which ages are counted, in seconds since 1970: that of the newest profile unless one was given; nil where
    /// there is no profile.
    public let asOf: Int64?
    /// Snapshots that were left out, as a newer one of the same database was there.
    public let older: Int

    /// Puts entries in order.
    ///
    /// - Parameters:
    ///   - entries: in any order; their names are told apart by the caller.
    ///   - asOf: the moment from which ages are counted; nil for that of the newest profile.
    ///   - older: snapshots that were left out.
    public init(_ entries: [FleetEntry], asOf: Int64? = nil, older: Int = 0) {
        self.entries = entries.sorted(by: Self.isWorse)
        self.asOf = asOf ?? entries.compactMap { $0.figures?.measuredAt }.max()
        self.older = older
    }

    /// The databases whose profile failed, with the reason.
    public var failed: [FleetEntry] { entries.filter { $0.rank == .failed } }
    /// The databases whose profile is partial.
    public var partial: [FleetEntry] { entries.filter { $0.rank == .partial } }
    /// Whether every profile is complete, and there is one.
    public var isComplete: Bool { !entries.isEmpty && entries.allSatisfy { $0.rank == .complete } }
    /// Whether there is no profile at all.
    public var isEmpty: Bool { entries.allSatisfy { $0.figures == nil } }

    /// The worst verdict; what could not be profiled is not ready.
    public var verdict: Verdict {
        guard isComplete else { return .notReady }
        let found = entries.compactMap { $0.figures?.verdict }
        return [.notReady, .readyWithNotes].first { found.contains($0) } ?? .ready
    }

    /// Findings of one id and severity in all databases.
    public struct FindingSpread: Sendable, Equatable {
        public let id: String
        public let severity: Finding.Severity
        /// The databases that have it, the worst first.
        public let databases: [String]
        /// How often all of them have it.
        public let count: Int
    }

    /// The findings that nobody accepted: errors first, then those of most databases, then by id.
    public var findings: [FindingSpread] {
        let all = entries.flatMap { entry in
            (entry.figures?.findings.kinds ?? []).map { (name: entry.name, kind: $0) }
        }
        let groups = Dictionary(grouping: all) { [$0.kind.severity.rawValue, $0.kind.id] }.values
        return groups.compactMap { group in
            group.first.map { first in
                FindingSpread(
                    id: first.kind.id, severity: first.kind.severity, databases: group.map(\.name),
                    count: group.reduce(0) { $0 + $1.kind.count })
            }
        }.sorted { left, right in
            if left.severity != right.severity { return left.severity > right.severity }
            if left.databases.count != right.databases.count {
                return left.databases.count > right.databases.count
            }
            return left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
        }
    }

    private static func isWorse(_ left: FleetEntry, _ right: FleetEntry) -> Bool {
        let (first, second) = (left.weights, right.weights)
        if first != second { return second.lexicographicallyPrecedes(first) }
        return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
}

extension FleetEntry {
    /// How far a profile came, the best first.
    fileprivate enum Rank: Int64 { case complete, partial, failed }

    fileprivate var rank: Rank {
        switch outcome {
        case .complete: .complete
        case .partial: .partial
        case .failed: .failed
        }
    }

    /// What makes an entry worse than another, the heaviest first.
    fileprivate var weights: [Int64] {
        guard let figures else { return [.max] }
        let verdict: Int64 =
            switch figures.verdict {
            case .notReady: 2
            case .readyWithNotes: 1
            case .ready: 0
            }
        return [
            verdict, rank.rawValue, Int64(figures.findings[.error]), Int64(figures.findings[.warning]),
            figures.largest.size.value ?? 0,
        ]
    }
}

extension FleetSummary {
    /// Entries whose names are told apart: where several have one name, what stands behind it says which.
    ///
    /// - Parameter entries: each with what tells it apart, such as its path.
    public static func namedApart(_ entries: [(entry: FleetEntry, mark: String)]) -> [FleetEntry] {
        let counts = Dictionary(grouping: entries) { Array($0.entry.name.utf8) }.mapValues(\.count)
        return entries.map { entry, mark in
            counts[Array(entry.name.utf8), default: 1] == 1 ? entry : entry.renamed("\(entry.name) (\(mark))")
        }
    }
}
