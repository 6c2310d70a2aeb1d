import LOBSurvey

/// A length of time as it is given on the command line: `90s`, `15min` or `2h`.
struct TimeSpan: QuantityValue {
    static let expected = "a time with its unit"
    static let forms = "30s, 15min or 2h"
    static let units = ["ms", "s", "sec", "m", "min", "h", "d"]
    static let range = "over 0 and at most 1000d"

    /// Over zero.
    let duration: Duration

    /// The length in seconds.
    var seconds: Double { duration.inSeconds }

    /// Creates a length of time.
    init(duration: Duration) {
        self.duration = duration
    }

    /// nil for a number that is not over 0, and for one without a unit: `30` may be meant as seconds or minutes.
    init?(quantity: Quantity) {
        guard let factor = Self.seconds(in: quantity.unit) else { return nil }
        let seconds = quantity.number * factor
        guard seconds > 0, seconds <= 1000 * 86_400 else { return nil }
        duration = .milliseconds(Int64((seconds * 1000).rounded(.up)))
    }

    /// Seconds in a unit; nil for one that is none of time.
    static func seconds(in unit: String) -> Double? {
        switch unit {
        case "ms": 0.001
        case "s", "sec": 1
        case "m", "min": 60
        case "h": 3600
        case "d": 86_400
        default: nil
        }
    }
}

/// An age in whole days, such as `90d`.
struct Days: QuantityValue {
    static let expected = "a number of days"
    static let forms = "90d"
    static let units = ["d"]
    static let range = "from 0d to 1000000d, in whole days"

    /// 0 or more.
    let count: Int

    /// nil for a number without its unit, as everywhere.
    init?(quantity: Quantity) {
        guard quantity.unit == "d", let days = Int(exactly: quantity.number), days <= 1_000_000 else {
            return nil
        }
        count = days
    }
}

extension LagLimit: QuantityValue {
    static var expected: String { "a time or a size with its unit" }
    static var forms: String { "10s or 64MB" }
    static var units: [String] { TimeSpan.units + Quantity.sizeUnits }
    static var range: String { "over 0 and at most 1000d where it is a time" }

    /// A time such as `10s`, or a size such as `64MB`.
    init?(quantity: Quantity) {
        if let span = TimeSpan(quantity: quantity) {
            self = .seconds(span.seconds)
            return
        }
        guard let bytes = quantity.bytes, bytes < 1e18 else { return nil }
        self = .bytes(Int64(bytes))
    }
}
