import ArgumentParser

/// A length of time as people write it: `90`, `90s`, `15m`, `2h`.
struct TimeSpan: ExpressibleByArgument {
    /// Over zero.
    let seconds: Double

    /// nil for anything but a number over 0 and up to a thousand days, with or without a unit.
    init?(argument: String) {
        var digits = argument.utf8[...]
        let factor: Double
        switch digits.last {
        case UInt8(ascii: "s"): factor = 1
        case UInt8(ascii: "m"): factor = 60
        case UInt8(ascii: "h"): factor = 3600
        default: factor = 0
        }
        if factor > 0 { digits.removeLast() }
        guard let text = String(digits), let number = Double(text) else { return nil }
        let seconds = number * max(factor, 1)
        guard seconds > 0, seconds <= 86_400_000 else { return nil }
        self.seconds = seconds
    }
}
