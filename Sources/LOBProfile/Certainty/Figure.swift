/// A number with what is certain of it: an interval that holds the true value, and how that is known.
///
/// "Exact" is said only of what was read as of one moment. A number that is not known has no way to become 0: the bounds are
/// what arithmetic works on, and what nothing bounds stays unbounded.
public struct Figure: Hashable, Sendable {
    /// The true value is not smaller; 0 or more.
    public let atLeast: Int64
    /// The true value is not larger; nil where nothing bounds it.
    public let atMost: Int64?
    /// The most likely value, where it was estimated; within the bounds.
    public let estimate: Int64?

    /// How a figure is known.
    public enum Provenance: String, Sendable, Codable, CaseIterable {
        /// Both bounds are the value, as of a moment.
        case exact
        /// Only a lower bound is proven: not everything was read.
        case atLeast = "at-least"
        /// An upper bound is proven, as where what changed meanwhile was read too.
        case atMost = "at-most"
        /// Neither bound is useful by itself: a model's or a sample's most likely value.
        case estimated
        /// Nothing was read.
        case notKnown = "not-known"
    }

    private init(atLeast: Int64, atMost: Int64?, estimate: Int64? = nil) {
        self.atLeast = max(0, atLeast)
        self.atMost = atMost.map { max(max(0, atLeast), $0) }
        self.estimate = estimate
    }

    /// A value that was read in full as of one moment.
    public static func exact(_ value: Int64) -> Figure { Figure(atLeast: value, atMost: value) }

    /// A value of which only a part was read.
    public static func atLeast(_ value: Int64) -> Figure { Figure(atLeast: value, atMost: nil) }

    /// A value that is proven not to be larger.
    public static func atMost(_ value: Int64, atLeast least: Int64 = 0) -> Figure {
        Figure(atLeast: min(least, value), atMost: value)
    }

    /// A most likely value, with the bounds that are proven.
    public static func estimated(_ value: Int64, atLeast least: Int64 = 0, atMost most: Int64? = nil)
        -> Figure
    {
        let bounded = max(least, min(value, most ?? value))
        return Figure(atLeast: least, atMost: most, estimate: bounded)
    }

    /// Nothing is known.
    public static let notKnown = Figure(atLeast: 0, atMost: nil)

    /// Nothing at all, which is known: the sum of no figures.
    public static let zero = Figure.exact(0)

    /// How it is known.
    public var provenance: Provenance {
        if atMost == atLeast { return .exact }
        if estimate != nil { return .estimated }
        if atMost != nil { return .atMost }
        return atLeast > 0 ? .atLeast : .notKnown
    }

    /// The number to show beside the provenance; nil where nothing is known.
    public var value: Int64? {
        switch provenance {
        case .exact, .atLeast: atLeast
        case .atMost: atMost
        case .estimated: estimate
        case .notKnown: nil
        }
    }

    /// The number, where it is exact; nil otherwise.
    public var exactValue: Int64? { provenance == .exact ? atLeast : nil }

    /// The sum: bounds are added, and one summand without an upper bound leaves the sum without one.
    public static func + (left: Figure, right: Figure) -> Figure {
        Figure(
            atLeast: left.atLeast.addingWithSaturation(right.atLeast),
            atMost: both(left.atMost, right.atMost) { $0.addingWithSaturation($1) },
            estimate: estimate(left, right) { $0.addingWithSaturation($1) })
    }

    /// The sum of figures; ``zero`` where there are none.
    public static func sum(of figures: some Sequence<Figure>) -> Figure { figures.reduce(.zero, +) }

    /// The largest of figures; nil where there are none.
    public static func largest(of figures: some Sequence<Figure>) -> Figure? {
        figures.reduce(nil) { most, next in
            most.map { most in
                Figure(
                    atLeast: max(most.atLeast, next.atLeast),
                    atMost: both(most.atMost, next.atMost) { max($0, $1) },
                    estimate: estimate(most, next) { max($0, $1) })
            } ?? next
        }
    }

    private static func both(_ left: Int64?, _ right: Int64?, _ join: (Int64, Int64) -> Int64) -> Int64? {
        guard let left, let right else { return nil }
        return join(left, right)
    }

    /// An estimate of both where either is one, and the other has a value to go with it: a part of a value is none.
    private static func estimate(
        _ left: Figure, _ right: Figure, _ join: (Int64, Int64) -> Int64
    ) -> Int64? {
        guard left.estimate != nil || right.estimate != nil, left.provenance != .atLeast,
            right.provenance != .atLeast
        else { return nil }
        return both(left.value, right.value, join)
    }
}

extension Int64 {
    fileprivate func addingWithSaturation(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
