import ArgumentParser
import LOBAdvice

/// A share written in percent, such as `25%`.
struct Percentage: QuantityValue {
    static let expected = "a percentage from 0% to 1000%"
    static let forms = "25%"

    /// The number before the sign.
    let percent: Double

    /// The share; 1 is 100 %.
    var share: Double { percent / 100 }

    /// Creates a percentage.
    init(percent: Double) {
        self.percent = percent
    }

    /// nil for a number without its sign: `0.25` may be meant as a quarter.
    init?(quantity: Quantity) {
        guard quantity.unit == "%", quantity.number <= 1000 else { return nil }
        percent = quantity.number
    }

    /// Reads the value of `--risk`.
    ///
    /// - Throws: `ValidationError` for a share that is none, or no probability that can be asked for.
    static func risk(_ text: String) throws -> Percentage {
        guard let risk = read(text), risk.percent > 0, risk.percent < 100 else {
            throw ValidationError(expecting: "a percentage over 0% and below 100%", forms: "1%")
        }
        return risk
    }

    /// Reads the value of `--sample-percent`, whose name has the unit.
    ///
    /// - Throws: `ValidationError` for a share that cannot be sampled.
    static func sample(_ text: String) throws -> Percentage {
        guard let quantity = Quantity(text), ["", "%"].contains(quantity.unit), quantity.number > 0,
            quantity.number <= 100
        else { throw ValidationError(expecting: "a percentage over 0% and up to 100%", forms: "5%") }
        return Percentage(percent: quantity.number)
    }
}

extension Growth: QuantityValue {
    static var expected: String { "a number of rows, a percentage or a time with its unit" }
    static var forms: String { "30000rows, 30% or 30d" }

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
