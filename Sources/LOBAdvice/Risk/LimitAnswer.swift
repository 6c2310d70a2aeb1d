/// What a given limit does: how many values it cuts now, and whether it cuts others.
public struct LimitAnswer: Sendable, Equatable {
    public let limit: Kibibytes
    /// Present values that are cut: counted, or estimated with an interval that holds with 95 %; nil where nothing
    /// was measured.
    public let cut: CutCurve.Rows?
    /// P(a value is cut that is not among those known: not read, or still expected); nil where it is not known.
    public let riskOfAnother: Double?

    /// Several columns or parts of a table together; nil where there is none.
    static func together(_ answers: [LimitAnswer]) -> LimitAnswer? {
        guard let first = answers.first else { return nil }
        let cuts = answers.map(\.cut)
        let risks = answers.map(\.riskOfAnother)
        return LimitAnswer(
            limit: first.limit,
            cut: cuts.contains { $0 == nil }
                ? nil
                : cuts.dropFirst().reduce(first.cut) { sum, next in
                    sum.flatMap { sum in next.map { sum + $0 } }
                },
            riskOfAnother: risks.contains(nil) ? nil : Risk.combined(risks.compactMap(\.self)))
    }
}
