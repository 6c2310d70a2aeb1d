import SizeStatistics
import Testing

struct GrowthTests {
    private let sizes = (1...1000).map { Int64(100_000 / $0) }

    private func known(_ sizes: [Int64]) -> SampledUnits {
        SampledUnits(unit: .rows, sampled: sizes.count, population: sizes.count, largest: largestSizes(sizes))
    }

    @Test func rateComesFromTwoCountsInAnyOrder() throws {
        let first = RowCountAtTime(rows: 1000, secondsSinceEpoch: 1_000_000)
        let second = RowCountAtTime(rows: 4600, secondsSinceEpoch: 1_003_600)
        let forecast = try #require(GrowthForecast(first, second))
        #expect(forecast == GrowthForecast(second, first))
        #expect(forecast.rowsPerSecond == 1)
        #expect(forecast.rows(inSeconds: 100) == 100)
        #expect(forecast.upperRows(inSeconds: 100) == 130)
        #expect(GrowthForecast(first, first) == nil)
        #expect(
            GrowthForecast(
                RowCountAtTime(rows: 9, secondsSinceEpoch: 0), RowCountAtTime(rows: 1, secondsSinceEpoch: 1))
                == GrowthForecast(rowsPerSecond: 0))
        #expect(
            GrowthForecast(
                RowCountAtTime(rows: 0, secondsSinceEpoch: .min),
                RowCountAtTime(rows: 1, secondsSinceEpoch: .max))
                == nil)
    }

    @Test func takesTheLargerOfHistoryAndRecentRows() {
        let recent = [Int64](repeating: 90_000, count: 300) + (1...200).map { Int64($0 * 450) }
        let history = GrowthEstimate(history: known(sizes))
        let alone = TailPredictive(known(recent)).expecting(future: 400)
        let both = GrowthEstimate(history: known(sizes), recent: known(recent))
        for alpha in [0.2, 0.05, 0.01] {
            #expect(
                both.limit(alpha: alpha, future: 400)
                    == max(history.limit(alpha: alpha, future: 400), alone.limit(alpha: alpha)))
        }
        #expect(history.risk(above: ByteCount(100_000), future: 0) == 0)
        #expect(history.reportedRisk(above: ByteCount(10_000_000), future: 1) == 0.02)
        #expect(GrowthEstimate.recentRows(forFuture: 10) == 500)
        #expect(GrowthEstimate.recentRows(forFuture: 1000) == 4000)
    }

    @Test func rowsHeldIsTheLastNumberWithinTheRisk() throws {
        let estimate = GrowthEstimate(history: known(sizes))
        let limit = ByteCount(300_000)
        let rows = try #require(estimate.rowsHeld(by: limit, alpha: 0.05))
        #expect(rows > 0)
        #expect(estimate.risk(above: limit, future: rows) <= 0.05)
        #expect(estimate.risk(above: limit, future: rows + 1) > 0.05)
        #expect(estimate.rowsHeld(by: ByteCount(50_000), alpha: 0.05) == 0)
        let bounded = SampledUnits(
            unit: .rows, sampled: 1000, population: 1000, largest: largestSizes(sizes), bound: limit)
        #expect(GrowthEstimate(history: bounded).rowsHeld(by: limit, alpha: 0.05) == nil)
    }

    @Test func lifetimeHasAnIntervalAroundIt() throws {
        let forecast = GrowthForecast(rowsPerSecond: 0.5)
        let lifetime = LimitLifetime(rows: 400, forecast: forecast, now: 1000)
        #expect(lifetime.expected == 1800)
        // f + 3 sqrt(f) = 400 at f = 344.3...; f - 3 sqrt(f) = 400 at f = 464.6...
        #expect(lifetime.earliest == 1688)
        #expect(lifetime.latest == 1929)
        #expect(LimitLifetime(rows: nil, forecast: forecast, now: 0).expected == nil)
        #expect(LimitLifetime(rows: 4, forecast: GrowthForecast(rowsPerSecond: 0), now: 0).latest == nil)
        #expect(
            LimitLifetime(rows: .max, forecast: GrowthForecast(rowsPerSecond: 1e-9), now: 0).expected == nil)
        let lived = GrowthEstimate(history: known(sizes)).lifetime(
            of: ByteCount(50_000), alpha: 0.05, forecast: forecast, now: 77)
        #expect(lived.expected == 77)
    }
}
