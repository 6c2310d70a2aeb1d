import LOBAdvice

extension PolicyFinding {
    /// - Parameter name: of the tables, or what was accepted.
    func text(of name: String) -> FindingText {
        switch self {
        case .rateUnknown(let first, let tables):
            .init(
                "how fast rows arrive in "
                    + (tables == 1
                        ? "\"\(first.losslessText)\""
                        : "\(tables) tables, such as \"\(first.losslessText)\",")
                    + " is not known: what is said there is of the rows present only",
                remedy:
                    "compare with an earlier profile (--growth-since), or give the number of rows (--growth ROWS)"
            )
        case .waiverExpired(let decision, let until):
            .init(
                "truncation of \"\(name)\" was accepted\(decision.text), and that day has passed: truncation counts as "
                    + "not OK again",
                remedy: Self.renewal(until))
        case .withoutTable:
            .init(
                "the policy file decides about \"\(name)\", which is not a table of this profile",
                remedy:
                    "check the name: schema.table, with * and ? as wildcards, quotes where it is not all lower case"
            )
        case .acceptanceExpired(let by, let until, let findings):
            .init(
                "\"\(name)\" was accepted by \(by) until \(until.text), and that day has passed: "
                    + Self.effect(findings),
                remedy: findings > 0 ? Self.renewal(until) : "remove the entry from the policy file")
        case .acceptanceUnused:
            .init(
                "the policy file accepts \"\(name)\", and no finding of this report matches it",
                remedy: "check id and pattern, or remove the entry from the policy file")
        }
    }

    private static func effect(_ findings: Int) -> String {
        switch findings {
        case 0: "no finding of this report matches it"
        case 1: "1 finding counts again"
        default: "\(findings) findings count again"
        }
    }

    /// What to do about an entry of a policy file whose day has passed.
    private static func renewal(_ until: CalendarDay) -> String {
        "decide again and move \"until: \(until.text)\" in the policy file, or remove the entry"
    }
}
