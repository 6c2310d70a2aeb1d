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
        let subject =
            unknown.count == 1
            ? "\"\(first.losslessText)\"" : "\(unknown.count) tables, such as \"\(first.losslessText)\","
        return [
            FindingID.growthRateUnknown.finding(
                .warning, unknown.count == 1 ? first.losslessText : "growth",
                "how fast rows arrive in \(subject) is not known: what is said there is of the rows present only",
                remedy:
                    "compare with an earlier profile (--growth-since), or give the number of rows (--growth ROWS)"
            )
        ]
    }

    private func expired(_ entry: TablePolicy) -> [Finding] {
        guard let decision = entry.truncation, let until = decision.until,
            !decision.holds(at: profile.startedAt)
        else { return [] }
        let names = Self.names(entry.tables)
        return [
            FindingID.waiverExpired.finding(
                .warning, names,
                "truncation of \"\(names)\" was accepted\(decision.text), and that day has passed: truncation counts as "
                    + "not OK again",
                remedy: Acceptances.renewal(until))
        ]
    }

    private func unmatched(_ entry: TablePolicy) -> [Finding] {
        let unmatched = entry.tables.filter { pattern in
            !profile.tables.contains {
                pattern.matches($0.relation.name) || pattern.matches($0.relation.logicalName)
            }
        }
        guard !unmatched.isEmpty else { return [] }
        let names = Self.names(unmatched)
        return [
            FindingID.policyWithoutTable.finding(
                .info, names,
                "the policy file decides about \"\(names)\", which is not a table of this profile",
                remedy:
                    "check the name: schema.table, with * and ? as wildcards, quotes where it is not all lower case"
            )
        ]
    }

    private static func names(_ patterns: [NamePattern]) -> String {
        patterns.map(\.source.losslessText).joined(separator: ", ")
    }
}
