import LOBAdvice

/// What is deployed for a table, in one spelling everywhere: `limited, 64 KB`, `unlimited`, `unlimited, inline up to 16 KB`.
enum RuleText {
    /// The rule of a mode with the size that belongs to it.
    static func words(_ mode: LOBMode, _ size: Kibibytes) -> String {
        switch mode {
        case .limited: "limited, \(size.count) KB"
        case .unlimited where size.count > 0: "unlimited, inline up to \(size.count) KB"
        case .unlimited: "unlimited"
        case .none: "none"
        }
    }

    /// How many tables get which mode, such as `3 limited, 2 unlimited`; `none` where no table has a rule.
    static func counts(_ rules: RuleCounts) -> String {
        let counts = LOBMode.allCases.compactMap { mode -> String? in
            let count = rules.tables[mode] ?? 0
            return count == 0 ? nil : "\(NumberText.grouped(count)) \(mode.rawValue)"
        }
        return counts.isEmpty ? "none" : counts.joined(separator: ", ")
    }

    /// What a task does; nil is a table without a LOB that arrives.
    static func words(_ lobs: EffectiveLOBs?) -> String {
        switch lobs?.treatment {
        case .limited(let size): words(.limited, size)
        case .unlimited(let size): words(.unlimited, size)
        case .leftOut: "LOBs left out"
        case .unknown: "not known"
        case nil: "no LOB"
        }
    }

    /// What decides it, in short.
    static func origin(_ lobs: EffectiveLOBs?) -> String {
        switch lobs?.decidedBy {
        case .ownRule(let id?): "rule \(id)"
        case .ownRule(nil): "its rule"
        case .taskSettings: "task settings"
        case .awsDefault: "AWS's default"
        case nil: ""
        }
    }
}
