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
        // Three deviations of 3,600 arrivals are 5 %, and three roots of 105 rows 30.8.
        #expect(forecast.upperRows(inSeconds: 100) == 136)
        #expect(GrowthForecast(rowsPerSecond: 1).upperRows(inSeconds: 100) == 130)
        #expect(forecast.arrived == 3600 && forecast.tellsDates)
        #expect(GrowthForecast(first, first) == nil)
        #expect(
            GrowthForecast(
                RowCountAtTime(rows: 9, secondsSinceEpoch: 0), RowCountAtTime(rows: 1, secondsSinceEpoch: 1))
                == GrowthForecast(rowsPerSecond: 0, arrived: 0))
        #expect(
            GrowthForecast(
                RowCountAtTime(rows: 0, secondsSinceEpoch: .min),
                RowCountAtTime(rows: 1, secondsSinceEpoch: .max))
                == nil)
    }

    @Test func takesTheLargestOfAllWindows() {
        let windows = [
            [Int64](repeating: 90_000, count: 300) + (1...200).map { Int64($0 * 450) }, [99_000, 5], [70],
        ]
        let history = GrowthEstimate(history: known(sizes))
        let all = GrowthEstimate(history: known(sizes), recent: windows.map(known))
        for (alpha, future) in [(0.2, 400), (0.05, 400), (0.01, 400), (0.05, 1)] {
            let alone = windows.map {
                AnchoredTail(known($0)).expecting(future: future).limit(alpha: alpha)
            }
            let largest = ([history.limit(alpha: alpha, future: future)] + alone).max()
            #expect(all.limit(alpha: alpha, future: future) == largest)
            #expect(all.limit(alpha: alpha, future: future) >= ByteCount(100_000))
        }
        #expect(history.risk(above: ByteCount(100_000), future: 0) == 0)
        #expect(history.reportedRisk(above: ByteCount(10_000_000), future: 1) == 0.02)
    }

    @Test func windowsAreTheHalfTheQuarterAndAsManyAsAreToCome() {
        #expect(GrowthEstimate.windows(of: 1000, future: 10) == [500, 250, 10])
        #expect(GrowthEstimate.windows(of: 1000, future: 300) == [500, 300, 250])
        #expect(GrowthEstimate.windows(of: 1000, future: 5000) == [500, 250])
        #expect(GrowthEstimate.windows(of: 1000, future: 250) == [500, 250])
        #expect(GrowthEstimate.windows(of: 1, future: 3) == [])
        #expect(GrowthEstimate.windows(of: 0, future: 0) == [])
    }

    @Test func rowsHeldIsTheLastNumberWithinTheRisk() throws {
        let estimate = GrowthEstimate(history: known(sizes))
        let limit = ByteCount(300_000)
        let rows = try #require(estimate.rowsHeld(by: limit, alpha: 0.05))
        #expect(rows > 0)
        #expect(estimate.risk(above: limit, future: rows) <= 0.05)
        #expect(estimate.risk(above: limit, future: rows + 1) > 0.05)
        #expect(estimate.rowsHeld(by: ByteCount(50_000), alpha: 0.05) == 0)
        // No value can be larger than 1 GiB less 1 byte.
        #expect(estimate.rowsHeld(by: ByteCount((1 << 30) - 1), alpha: 0.05) == nil)
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
