/// Steers how many units (blocks, tables, objects) the next piece of work has, so that each takes about the same time.
struct Pace: Sendable {
    /// Units of the next piece.
    private(set) var size: Int
    private let limits: ClosedRange<Int>
    /// Seconds that a statement takes however little it reads, as where its text alone takes long to plan.
    private var overhead: Double
    private var last: (units: Int, seconds: Double)?

    /// How much larger or smaller than the last piece the next one may be: one measurement may be a stray one.
    private static let steps = 0.25...4.0
    /// The share of a time that a piece of half the size has to take for its statement to be what takes it.
    private static let futility = 0.7

    /// Begins with a size.
    ///
    /// - Parameters:
    ///   - first: units of the first piece.
    ///   - limits: the fewest and the most units of a piece.
    ///   - overhead: seconds that a statement is expected to take before it reads anything.
    init(first: Int, limits: ClosedRange<Int>, overhead: Double = 0) {
        size = min(max(first, limits.lowerBound), limits.upperBound)
        self.limits = limits
        self.overhead = overhead
    }

    /// Learns from a piece of so many units.
    ///
    /// A statement that takes long by itself may take twice that: smaller pieces would only make more of them.
    ///
    /// - Parameter target: what a piece should take where its statement takes next to nothing.
    mutating func note(_ units: Int, took time: Duration, target: Duration) {
        let seconds = max(time.inSeconds, 0.000_1)
        overhead = min(overhead, seconds)
        // Half as much took as long: what is left is not reading.
        if let last, units <= last.units / 2, seconds > Self.futility * last.seconds {
            overhead = max(overhead, Self.futility * seconds)
        }
        last = (units, seconds)
        let reading = max(seconds - overhead, seconds * 0.05)
        let wanted = max(target.inSeconds, 2 * overhead) - overhead
        let step = min(max(wanted / reading, Self.steps.lowerBound), Self.steps.upperBound)
        size = clamped(Double(max(1, units)) * step)
    }

    /// Keeps the next pieces smaller than one that took too long, or failed.
    mutating func shrink(below units: Int) {
        size = min(size, clamped(Double(units / 2)))
    }

    private func clamped(_ units: Double) -> Int {
        min(limits.upperBound, max(limits.lowerBound, Int(units)))
    }
}
