/// What a policy file says of the tables that one of its patterns matches; what is nil is not decided there.
public struct TablePolicy: Sendable, Codable, Equatable {
    /// Names of tables; a leaf is matched by its root's name too.
    public var tables: [NamePattern]
    public var truncation: TruncationDecision?
    /// KiB: told what it cuts; where truncation is OK, the table's setting.
    public var limit: Kibibytes?
    /// As ``Policy/risk``.
    public var risk: Double?
    /// As ``Policy/growth``.
    public var growth: Growth?
    /// As ``Policy/headroom``.
    public var headroom: Double?
    /// As ``Policy/strategy-swift.property``.
    public var strategy: Policy.Strategy?
    /// Whether sizes that logs told of raise limits; nil for yes.
    public var countsLoggedSizes: Bool?

    /// Creates a policy for some tables.
    public init(
        tables: [NamePattern], truncation: TruncationDecision? = nil, limit: Kibibytes? = nil,
        risk: Double? = nil, growth: Growth? = nil, headroom: Double? = nil,
        strategy: Policy.Strategy? = nil, countsLoggedSizes: Bool? = nil
    ) {
        self.countsLoggedSizes = countsLoggedSizes
        self.tables = tables
        self.truncation = truncation
        self.limit = limit
        self.risk = risk
        self.growth = growth
        self.headroom = headroom
        self.strategy = strategy
    }

    /// Whether it is about a relation.
    public func matches(_ relation: Relation) -> Bool {
        tables.contains { $0.matches(relation.name) || $0.matches(relation.logicalName) }
    }
}

/// Who decided that values of some tables may be cut, or that they may not.
public struct TruncationDecision: Sendable, Codable, Hashable {
    public var isOK: Bool
    /// Whoever answers for it; nil where the file names nobody.
    public var by: String?
    /// The last day on which it holds; nil for no end.
    public var until: CalendarDay?
    /// Where it was agreed, such as the number of a change.
    public var ticket: String?

    /// Creates a decision.
    public init(isOK: Bool, by: String? = nil, until: CalendarDay? = nil, ticket: String? = nil) {
        self.isOK = isOK
        self.by = by
        self.until = until
        self.ticket = ticket
    }

    /// ` by NAME until DAY (TICKET)`, as far as they are known.
    public var text: String {
        (by.map { " by \($0)" } ?? "") + (until.map { " until \($0.text)" } ?? "")
            + (ticket.map { " (\($0))" } ?? "")
    }

    /// Whether it still holds at a moment in seconds since 1970.
    public func holds(at seconds: Int64) -> Bool {
        until.map { CalendarDay(seconds: seconds) <= $0 } ?? true
    }
}

extension Policy {
    /// The policy with what its file says of a relation: of two rules that match, the later one counts.
    public func applied(to relation: Relation) -> Policy {
        var policy = self
        for rule in tables where rule.matches(relation) {
            policy.limit = rule.limit ?? policy.limit
            policy.risk = rule.risk ?? policy.risk
            policy.growth = rule.growth ?? policy.growth
            policy.headroom = rule.headroom ?? policy.headroom
            policy.strategy = rule.strategy ?? policy.strategy
        }
        return policy
    }

    /// What the file decides about cutting values of a relation; nil where it says nothing.
    public func truncationDecision(for relation: Relation) -> TruncationDecision? {
        tables.last { $0.truncation != nil && $0.matches(relation) }?.truncation
    }

    /// Whether sizes that logs told of raise the limit of a relation: until someone says otherwise.
    public func countsLoggedSizes(of relation: Relation) -> Bool {
        tables.last { $0.countsLoggedSizes != nil && $0.matches(relation) }?.countsLoggedSizes ?? true
    }

    /// The setting on which people agreed for a relation whose values may be cut.
    public func agreedLimit(of relation: Relation) -> Kibibytes? {
        tables.last { $0.limit != nil && $0.matches(relation) }?.limit
    }

    /// The policy at a moment in seconds since 1970: decisions whose last day has passed say that nothing may be cut.
    public func inForce(at seconds: Int64) -> Policy {
        var policy = self
        for index in policy.tables.indices
        where policy.tables[index].truncation.map({ !$0.holds(at: seconds) }) ?? false {
            policy.tables[index].truncation?.isOK = false
        }
        return policy
    }

    /// Whether rows to come count anywhere.
    public var expectsGrowth: Bool { growth != nil || tables.contains { $0.growth != nil } }

    /// Whether the rates at which rows arrive are needed anywhere.
    public var needsRates: Bool {
        ([growth] + tables.map(\.growth)).contains { if case .days? = $0 { true } else { false } }
    }
}
