public import ArgumentParser
public import LOBSurvey

/// A length of time as it is given on the command line: `90s`, `15m`, `2h`, or a number of seconds.
struct TimeSpan: ExpressibleByArgument {
    /// Over zero.
    let duration: Duration

    /// The length in seconds.
    var seconds: Double { duration.inSeconds }

    /// Creates a length of time.
    init(duration: Duration) {
        self.duration = duration
    }

    /// nil for text that is no number over 0 with one of the units ms, s, m, min, h or d, or none for seconds.
    init?(argument: String) {
        guard let quantity = Quantity(argument), let factor = Self.seconds(in: quantity.unit) else {
            return nil
        }
        let seconds = quantity.number * factor
        guard seconds > 0, seconds <= 1000 * 86_400 else { return nil }
        duration = .milliseconds(Int64((seconds * 1000).rounded(.up)))
    }

    /// Seconds in a unit; nil for one that is none of time.
    static func seconds(in unit: String) -> Double? {
        switch unit {
        case "ms": 0.001
        case "", "s", "sec": 1
        case "m", "min": 60
        case "h": 3600
        case "d": 86_400
        default: nil
        }
    }

    var defaultValueDescription: String {
        let seconds = Int(duration / .seconds(1))
        return seconds.isMultiple(of: 60) ? "\(seconds / 60)m" : "\(seconds)s"
    }
}

extension LagLimit: ExpressibleByArgument {
    /// A time such as `10s`, or a size such as `64MB`; a number alone is seconds.
    ///
    /// Sizes are in units of 1,024, as PostgreSQL's settings have them.
    public init?(argument: String) {
        if let span = TimeSpan(argument: argument) {
            self = .seconds(span.duration.inSeconds)
            return
        }
        guard let quantity = Quantity(argument), quantity.number < 1e9 else { return nil }
        switch quantity.unit {
        case "B": self = .bytes(Int64(quantity.number))
        case "kB", "KB", "KiB": self = .bytes(Int64(quantity.number * 1024))
        case "MB", "MiB": self = .bytes(Int64(quantity.number * 1_048_576))
        case "GB", "GiB": self = .bytes(Int64(quantity.number * 1_073_741_824))
        default: return nil
        }
    }
}

/// A number of 0 or more with the unit behind it.
private struct Quantity {
    let number: Double
    let unit: String

    init?(_ text: String) {
        let digits = text.utf8.prefix { (0x30...0x39).contains($0) || $0 == 0x2E }
        guard let number = Double(String(decoding: digits, as: UTF8.self)), number.isFinite else {
            return nil
        }
        self.number = number
        unit = String(decoding: text.utf8.dropFirst(digits.count), as: UTF8.self)
    }
}
