/// Times of both sides of a comparison in milliseconds, measured in turns.
struct Pairs {
    private(set) var ours: [Double] = []
    private(set) var theirs: [Double] = []

    mutating func add(ours: Double, theirs: Double) {
        self.ours.append(ours)
        self.theirs.append(theirs)
    }

    /// The median of the ratios of neighbours: what drifts hits both.
    var ratio: Double { zip(ours, theirs).map { $0 / max($1, 0.001) }.median }
}

extension [Double] {
    /// The middle value; the mean of the two middle ones where their number is even.
    var median: Double {
        guard !isEmpty else { return .nan }
        let sorted = sorted()
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }
}
