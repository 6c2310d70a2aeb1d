import Foundation
import Testing

@testable import SizeStatistics

/// The search takes short cuts; what it finds is what bisections alone find.
struct LimitSearchTests {
    private static let risks: [@Sendable (Double) -> Double] = [
        { 1 / (1 + $0 / 1000) }, { exp(-$0 / 5000) }, { $0 < 77_777 ? 1 : 0 }, { $0 < 4096 ? 0.3 : 0.04 },
        { min(1, pow($0 / 100, -3)) }, { $0 < 1e6 ? 0.06 / ($0 + 1) + 0.05 : 0.049_999 }, { _ in 0.5 },
        { _ in 0 },
        { 0.9 - 0.85 * $0 / 1.1e12 },
    ]

    private static func bisected(_ low: Double, _ high: Double, _ suffices: (Double) -> Bool) -> Double {
        if suffices(low) { return low }
        guard suffices(high) else { return high }
        var (below, enough) = (log(max(low, 1)), log(high))
        for _ in 0..<32 {
            let middle = (below + enough) / 2
            if suffices(exp(middle)) { enough = middle } else { below = middle }
        }
        return min(exp(enough), high)
    }

    @Test(arguments: risks.indices, [0.2, 0.05, 0.01, 0])
    func findsWhatBisectionsFind(index: Int, alpha: Double) {
        let risk = Self.risks[index]
        for low in [0.0, 1, 100, 5000] {
            let found = LimitSearch.smallest(from: low, to: 1e12, steps: 32, alpha: alpha, risk: risk)
            #expect(agrees(found, Self.bisected(low, 1e12) { risk($0) <= alpha }, within: 1e-12))
        }
    }

    @Test func asksOfFewSizes() {
        var asked = 0
        let found = LimitSearch.smallest(from: 100, to: 1e12, steps: 32, alpha: 0.01) {
            asked += 1
            return 1 / (1 + $0 / 1000)
        }
        #expect(agrees(found, 99_000, within: 1e-7))
        #expect(asked <= 20)
    }
}
