import LOBAdvice

/// A share written in percent, such as `25%`.
struct Percentage: QuantityValue {
    static let expected = "a percentage"
    static let forms = "25%"
    static let units = ["%"]
    static let range = "from 0% to 1000%"

    /// The number before the sign.
    let percent: Double

    /// The share; 1 is 100 %.
    var share: Double { percent / 100 }

    /// nil for a number without its sign: `0.25` may be meant as a quarter.
    init?(quantity: Quantity) {
        guard quantity.unit == "%", quantity.number <= 1000 else { return nil }
        percent = quantity.number
    }
}

/// A probability that can be accepted, written in percent.
struct RiskPercentage: QuantityValue {
    static let expected = "a percentage"
    static let forms = "1%"
    static let units = ["%"]
    static let range = "over 0% and below 100%"

    /// The probability, over 0 and below 1.
    let share: Double

    /// nil for a number without its sign, and for what is certain or impossible.
    init?(quantity: Quantity) {
        guard quantity.unit == "%", quantity.number > 0, quantity.number < 100 else { return nil }
        share = quantity.number / 100
    }
}

/// A share that can be sampled, written in percent.
struct SamplePercentage: QuantityValue {
    static let expected = "a percentage"
    static let forms = "5%"
    static let units = ["%"]
    static let range = "over 0% and up to 100%"

    /// The number before the sign, over 0 and up to 100.
    let percent: Double

    /// Creates a percentage.
    init(percent: Double) {
        self.percent = percent
    }

    /// nil for a number without its sign, as everywhere.
    init?(quantity: Quantity) {
        guard quantity.unit == "%", quantity.number > 0, quantity.number <= 100 else { return nil }
        percent = quantity.number
    }
}

extension Growth: QuantityValue {
    static var expected: String { "a number of rows, a percentage or a time with its unit" }
    static var forms: String { "30000rows, 30% or 30d" }
    static var units: [String] { ["rows", "row", "%", "h", "d"] }
    static var range: String { "over 0, and at most 100000% or 100000d; rows are whole ones" }

    /// A number of rows such as `30000rows`, a percentage such as `30%`, or hours or days such as `30d`.
    ///
    /// Minutes are left out: `1m` would be taken for a month.
    init?(quantity: Quantity) {
        let number = quantity.number
        guard number > 0 else { return nil }
        switch quantity.unit {
        case "rows", "row":
            guard let rows = Int(exactly: number) else { return nil }
            self = .rows(rows)
        case "%":
            guard number <= 100_000 else { return nil }
            self = .share(number / 100)
        case "h", "d":
            let days = quantity.unit == "h" ? number / 24 : number
            guard days <= 100_000 else { return nil }
            self = .days(days)
        default: return nil
        }
    }
}
