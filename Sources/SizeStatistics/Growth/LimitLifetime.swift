/// Until when a limit keeps its risk, in seconds since 1970-01-01 00:00:00 UTC; nil where no end is in sight.
public struct LimitLifetime: Hashable, Sendable, Codable {
    /// At the expected growth.
    public let expected: Int64?
    /// At the upper end of the growth: that of the rate, and expected rows + 3 square roots of them.
    public let earliest: Int64?
    /// At the lower end of the growth.
    public let latest: Int64?

    /// Computes when so many rows have arrived.
    ///
    /// - Parameters:
    ///   - rows: how many more rows the limit can take; nil for any number.
    ///   - forecast: how fast they arrive.
    ///   - now: the moment from which they are counted, in seconds since 1970-01-01 00:00:00 UTC.
    public init(rows: Int?, forecast: GrowthForecast, now: Int64) {
        guard let rows, forecast.rowsPerSecond > 0 else {
            (expected, earliest, latest) = (nil, nil, nil)
            return
        }
        // Roots of f + 3 sqrt(f) = rows and f - 3 sqrt(f) = rows in sqrt(f).
        let root = (9 + 4 * Double(rows)).squareRoot()
        let (fast, slow) = ((root - 3) / 2, (root + 3) / 2)
        let rates = forecast.range
        let moment = { (arrived: Double, rate: Double) -> Int64? in
            guard rate > 0 else { return nil }
            let seconds = (arrived / rate).rounded(.down)
            guard let whole = Int64(exactly: seconds) else { return nil }
            let (sum, overflow) = now.addingReportingOverflow(whole)
            return overflow ? nil : sum
        }
        expected = moment(Double(rows), forecast.rowsPerSecond)
        earliest = moment(fast * fast, rates.upperBound)
        latest = moment(slow * slow, rates.lowerBound)
    }
}

extension GrowthEstimate {
    /// Until when a limit keeps its risk.
    public func lifetime(
        of limit: ByteCount, alpha: Double, forecast: GrowthForecast, now: Int64
    ) -> LimitLifetime {
        LimitLifetime(rows: rowsHeld(by: limit, alpha: alpha), forecast: forecast, now: now)
    }
}
