import LOBAdvice

/// What a team wrote down about its tables for `--policy`; what is nil is not decided there.
struct PolicyFile: Equatable {
    var risk: Double?
    var headroom: Double?
    var sizing: Sizing?
    var strategy: Policy.Strategy?
    var limitedUpTo: Kibibytes?
    var migrationType: MigrationType?
    var growth: Growth?
    var limit: Kibibytes?
    var tables: [TablePolicy] = []
    var accepted: [AcceptedFinding] = []

    /// Reads a file.
    ///
    /// - Throws: `CommandFailure` with the file, the line and what is known instead.
    static func read(path: String) throws(CommandFailure) -> PolicyFile {
        try YAMLNode.read(path) { text throws(YAMLError) in try PolicyFile(text) }
    }

    /// Another policy with what the file decides.
    func applied(to policy: Policy) -> Policy {
        var policy = policy
        policy.risk = risk ?? policy.risk
        policy.headroom = headroom ?? policy.headroom
        policy.sizing = sizing ?? policy.sizing
        policy.strategy = strategy ?? policy.strategy
        policy.limitedUpTo = limitedUpTo ?? policy.limitedUpTo
        policy.migrationType = migrationType ?? policy.migrationType
        policy.growth = growth ?? policy.growth
        policy.limit = limit ?? policy.limit
        policy.tables = tables
        policy.accepted = accepted
        return policy
    }
}

extension PolicyFile {
    /// Reads a text; an empty one decides nothing.
    ///
    /// - Throws: ``YAMLError`` with the line of what is wrong.
    init(_ text: String) throws(YAMLError) {
        guard let root = try YAMLNode.root(of: text) else { return }
        let keys = [
            "risk", "headroom", "sizing", "strategy", "limited-up-to", "migration-type", "growth", "limit",
            "tables", "accept",
        ]
        let values = try root.mapping("the file", keys: keys)
        risk = try values["risk"]?.quantity("risk", as: RiskPercentage.self).share
        headroom = try values["headroom"]?.quantity("headroom", as: Percentage.self).share
        sizing = try values["sizing"]?.choice("sizing")
        strategy = try values["strategy"]?.choice("strategy")
        limitedUpTo = try values["limited-up-to"]?.quantity("limited-up-to", as: Kibibytes.self)
        migrationType = try values["migration-type"]?.choice("migration-type")
        growth = try values["growth"]?.quantity("growth", as: Growth.self)
        limit = try values["limit"]?.quantity("limit", as: Kibibytes.self)
        for entry in try values["tables"]?.list("tables") ?? [] {
            tables.append(try entry.tablePolicy())
        }
        for entry in try values["accept"]?.list("accept") ?? [] {
            accepted.append(try entry.acceptedFinding())
        }
    }
}

extension YAMLNode {
    fileprivate func tablePolicy() throws(YAMLError) -> TablePolicy {
        let keys = [
            "table", "truncation-ok", "limit", "risk", "growth", "headroom", "strategy", "logged-sizes",
        ]
        let values = try mapping("an entry of tables", keys: keys)
        let names = try required("table", of: "an entry of tables", keys: keys)
        var patterns: [NamePattern] = []
        for name in try names.list("table", orScalar: true) { patterns.append(try name.pattern()) }
        return TablePolicy(
            tables: patterns, truncation: try values["truncation-ok"]?.decision(),
            limit: try values["limit"]?.quantity("limit", as: Kibibytes.self),
            risk: try values["risk"]?.quantity("risk", as: RiskPercentage.self).share,
            growth: try values["growth"]?.quantity("growth", as: Growth.self),
            headroom: try values["headroom"]?.quantity("headroom", as: Percentage.self).share,
            strategy: try values["strategy"]?.choice("strategy"),
            countsLoggedSizes: try values["logged-sizes"]?.loggedSizes())
    }

    private func loggedSizes() throws(YAMLError) -> Bool {
        if let bool { return bool }
        return try value("logged-sizes", hint: "write true or false") { _ in nil }
    }

    private func decision() throws(YAMLError) -> TruncationDecision {
        if let bool { return TruncationDecision(isOK: bool) }
        let values = try mapping("truncation-ok (or true, false)", keys: ["by", "until", "ticket"])
        return TruncationDecision(
            isOK: true, by: try values["by"]?.line("by"), until: try values["until"]?.day(),
            ticket: try values["ticket"]?.line("ticket"))
    }

    fileprivate func acceptedFinding() throws(YAMLError) -> AcceptedFinding {
        let what = "an entry of accept"
        let keys = ["id", "pattern", "by", "until", "ticket", "reason"]
        let values = try mapping(what, keys: keys)
        return AcceptedFinding(
            id: try required("id", of: what, keys: keys).findingID(),
            pattern: try values["pattern"]?.subjects(),
            by: try required("by", of: what, keys: keys).line("by"), until: try values["until"]?.day(),
            ticket: try values["ticket"]?.line("ticket"), reason: try values["reason"]?.line("reason"))
    }

    /// The id of a finding that can be accepted.
    private func findingID() throws(YAMLError) -> String {
        let id = try text("id")
        if FindingRegistry.acceptable.contains(id) { return id }
        guard !FindingRegistry.entries.contains(where: { $0.id == id }) else {
            throw error(
                "\"\(id)\" is about what a log reports, and cannot be accepted",
                hint: "truncation-ok says whose values may be cut")
        }
        throw error(
            "\"\(id)\" is not the id of a finding",
            hint: FindingRegistry.probablyMeant(by: id).map { "did you mean \"\($0)\"?" }
                ?? "write it as reports show it, such as lob-without-key")
    }

    /// A pattern for what findings are about.
    private func subjects() throws(YAMLError) -> NamePattern {
        // An empty one is named by its key.
        _ = try text("pattern")
        return try pattern()
    }

    private func day() throws(YAMLError) -> CalendarDay {
        try value("until", hint: "write a day such as 2027-03-31") { CalendarDay($0) }
    }

    /// A text that fits a report.
    private func line(_ what: String) throws(YAMLError) -> String {
        try value(what, hint: "write one line of at most 200 bytes") { text in
            text.utf8.count <= 200 && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } ? text : nil
        }
    }

    /// A quantity as its option takes it.
    fileprivate func quantity<Value: QuantityValue>(
        _ what: String, as kind: Value.Type
    ) throws(YAMLError) -> Value {
        let text = try text(what)
        do throws(QuantityRefusal) {
            return try kind.reading(text)
        } catch {
            throw self.error(
                "\"\(what)\" cannot be \"\(text)\": \(error.reason)", hint: "write \(error.forms)")
        }
    }

    fileprivate func choice<Choice: RawRepresentable & CaseIterable>(
        _ what: String
    ) throws(YAMLError) -> Choice where Choice.RawValue == String {
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        return try value(what, hint: "write one of \(known)") { Choice(rawValue: $0) }
    }
}
