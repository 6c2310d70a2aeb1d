import LOBAdvice
import SizeStatistics

/// `atLimit` and `growth` in report.json: what a limit does now and later.
enum JSONOutlook {
    /// What a limit does: values that are cut, counted or estimated with an interval that holds with 95 %.
    static func json(_ answer: LimitAnswer) -> JSONValue {
        let rows = answer.cut
        let isEstimate = if case .estimated? = rows { true } else { false }
        return .members([
            "limitKiB": .integer(answer.limit.count),
            "rowsAtLeast": JSONText.integer(rows.map { whole($0.interval.lowerBound) }),
            "rowsAtMost": JSONText.integer(rows.map { whole($0.interval.upperBound.rounded(.up)) }),
            "rowsExpected": JSONText.real(rows.map { ($0.expected * 100).rounded() / 100 }),
            "isEstimate": rows == nil ? .null : .bool(isEstimate),
            "riskOfAnother": JSONText.real(answer.riskOfAnother),
        ])
    }

    /// How long a limit is enough.
    static func json(_ outlook: GrowthOutlook) -> JSONValue {
        let rate = outlook.expected.rate
        return .members([
            "rows": .integer(outlook.expected.rows),
            "rowsPerSecond": JSONText.real(rate?.rowsPerSecond),
            "source": .text(rate?.source.rawValue ?? "given"),
            "since": moment(rate?.since),
            "settingKiB": .integer(outlook.limit.count),
            "rowsHeld": JSONText.integer(outlook.rowsHeld),
            "holdsUntil": moment(outlook.lifetime?.expected),
            "earliest": moment(outlook.lifetime?.earliest),
            "latest": moment(outlook.lifetime?.latest),
        ])
    }

    private static func whole(_ number: Double) -> Int { Int(min(number.rounded(.down), 1e15)) }

    private static func moment(_ seconds: Int64?) -> JSONValue {
        // The year 9999 ends there; what holds for longer has no date that a program could read.
        guard let seconds, seconds < 253_402_300_800 else { return .null }
        return .text(TimeText.utc(seconds))
    }
}
