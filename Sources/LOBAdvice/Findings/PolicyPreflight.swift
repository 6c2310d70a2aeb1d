/// What is wrong with a policy file.
public enum PolicyFinding: Hashable, Sendable {
    /// How fast rows arrive was asked about and is not known: one of the tables, and how many there are.
    case rateUnknown(RelationName, tables: Int)
    /// The subject is the names of the tables.
    case waiverExpired(TruncationDecision, until: CalendarDay)
    /// The subject is the names of the tables.
    case withoutTable
    /// The subject says what was accepted.
    case acceptanceExpired(by: String, until: CalendarDay, findings: Int)
    case acceptanceUnused
}

/// What is wrong with the decisions of a policy file: too old, or about no table.
struct PolicyPreflight {
    let policy: Policy
    let profile: Profile

    var findings: [Finding] {
        policy.tables.flatMap { entry in expired(entry) + unmatched(entry) } + unknownRates
    }

    /// Rows to come that were asked about by days, of tables of which nobody counted how fast they arrive.
    private var unknownRates: [Finding] {
        let measured = profile.tables.filter { !$0.columns.isEmpty }
        let unknown = ExpectedRows.byRelation(of: measured, policy: policy).filter { $0.value == nil }.keys
        guard let first = unknown.min() else { return [] }
        return [
            FindingID.growthRateUnknown.finding(
                .warning, unknown.count == 1 ? first.losslessText : "growth",
                .policy(.rateUnknown(first, tables: unknown.count)))
        ]
    }

    private func expired(_ entry: TablePolicy) -> [Finding] {
        guard let decision = entry.truncation, let until = decision.until,
            !decision.holds(at: profile.startedAt)
        else { return [] }
        return [
            FindingID.waiverExpired.finding(
                .warning, Self.names(entry.tables), .policy(.waiverExpired(decision, until: until)))
        ]
    }

    private func unmatched(_ entry: TablePolicy) -> [Finding] {
        let unmatched = entry.tables.filter { pattern in
            !profile.tables.contains {
                pattern.matches($0.relation.name) || pattern.matches($0.relation.logicalName)
            }
        }
        guard !unmatched.isEmpty else { return [] }
        return [
            FindingID.policyWithoutTable.finding(.info, Self.names(unmatched), .policy(.withoutTable))
        ]
    }

    private static func names(_ patterns: [NamePattern]) -> String {
        patterns.map(\.source.losslessText).joined(separator: ", ")
    }
}
