import LOBSurvey

/// A length of time as it is given on the command line: `90s`, `15min` or `2h`.
struct TimeSpan: QuantityValue {
    static let expected = "a time with its unit"
    static let forms = "30s, 15min or 2h"

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

extension LagLimit: QuantityValue {
    static var expected: String { "a time or a size with its unit" }
    static var forms: String { "10s or 64MB" }

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
