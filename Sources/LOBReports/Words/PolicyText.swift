import LOBAdvice

/// What a policy file says of some tables, in words.
enum PolicyText {
    /// `app.*: truncation OK by NAME until DAY (TICKET), limit 128 KB`.
    static func line(_ entry: TablePolicy) -> String {
        let parts = [
            entry.truncation.map { "truncation \($0.isOK ? "OK" : "not OK")\($0.text)" },
            entry.limit.map { "limit \($0.count) KB" },
            entry.risk.map { "risk \(NumberText.percent($0))" },
            entry.growth.map { "growth \($0.text)" },
            entry.headroom.map { "headroom \(NumberText.percent($0))" },
            entry.strategy.map { "strategy \($0.rawValue)" },
        ].compactMap(\.self)
        let names = entry.tables.map(\.source.losslessText).joined(separator: ", ")
        return "\(names): \(parts.isEmpty ? "nothing decided" : parts.joined(separator: ", "))"
    }
}
