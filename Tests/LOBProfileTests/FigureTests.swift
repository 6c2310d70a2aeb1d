import LOBAdvice
import Testing

/// Interval arithmetic of what is certain.
@Suite struct FigureTests {
    private static let all: [Figure] = [
        .exact(0), .exact(5), .exact(70), .atLeast(3), .atLeast(60), .atMost(4), .atMost(90, atLeast: 20),
        .estimated(12),
        .estimated(30, atLeast: 10, atMost: 50), .notKnown,
    ]

    /// Values that a figure allows, the smallest and the largest among them.
    private static func values(of figure: Figure) -> [Int64] {
        [figure.atLeast, figure.atLeast + 1, figure.atLeast + 1000].filter { $0 <= figure.atMost ?? .max }
            + (figure.atMost.map { [$0] } ?? [])
    }

    private static func holds(_ figure: Figure, _ value: Int64) -> Bool {
        figure.atLeast <= value && value <= figure.atMost ?? .max
    }

    @Test func sumsAndMaximaHoldWhateverTheTruthIs() throws {
        for left in Self.all {
            for right in Self.all {
                let (sum, most) = (left + right, try #require(Figure.largest(of: [left, right])))
                for first in Self.values(of: left) {
                    for second in Self.values(of: right) {
                        #expect(Self.holds(sum, first + second))
                        #expect(Self.holds(most, max(first, second)))
                    }
                }
                if let value = sum.estimate { #expect(Self.holds(sum, value)) }
                #expect(sum == right + left)
            }
        }
    }

    @Test func provenanceFollowsFromTheBounds() {
        #expect((Figure.exact(2) + .exact(3)).exactValue == 5)
        #expect((Figure.exact(60) + .notKnown).provenance == .atLeast)
        #expect((Figure.exact(0) + .notKnown).provenance == .notKnown)
        #expect((Figure.atMost(4) + .exact(1)) == .atMost(5, atLeast: 1))
        #expect((Figure.atMost(4) + .atLeast(1)).provenance == .atLeast)
        #expect(Figure.largest(of: [.exact(9), .atMost(4)]) == .exact(9))
        #expect(Figure.largest(of: [.exact(9), .atMost(12)]) == .atMost(12, atLeast: 9))
        #expect((Figure.estimated(7) + .exact(1)).value == 8)
        #expect(Figure.sum(of: []) == .zero)
        #expect(Figure.largest(of: []) == nil)
    }

    @Test func whatIsNotKnownHasNoNumber() {
        #expect(Figure.notKnown.value == nil)
        #expect(Figure.sum(of: [.notKnown, .notKnown]).value == nil)
        #expect(Figure.largest(of: [.notKnown, .exact(0)])?.value == nil)
    }

    @Test func sumsDoNotWrap() {
        #expect((Figure.exact(.max) + .exact(1)).atMost == .max)
    }
}
