internal import RealModule

/// The two-sample Kolmogorov-Smirnov test, on histograms with the same buckets or on values.
enum KolmogorovSmirnov {
    /// The largest distance between two distributions, and the upper edge of the bucket where it is.
    static func distance(_ first: SizeHistogram, _ second: SizeHistogram) -> (
        distance: Double, size: ByteCount
    ) {
        var (below, best) = ((first: 0.0, second: 0.0), (distance: 0.0, index: 0))
        for index in 0..<max(first.counts.count, second.counts.count) {
            below.first += Double(index < first.counts.count ? first.counts[index] : 0)
            below.second += Double(index < second.counts.count ? second.counts[index] : 0)
            let distance = abs(
                below.first / Double(max(first.count, 1)) - below.second / Double(max(second.count, 1)))
            if distance > best.distance { best = (distance, index) }
        }
        return (best.distance, ByteCount(BucketScale.upper(best.index)))
    }

    /// The largest distance between the distributions of two samples.
    static func distance(_ first: [Double], _ second: [Double]) -> Double {
        let (left, right) = (first.sorted(), second.sorted())
        var (i, j, best) = (0, 0, 0.0)
        while i < left.count, j < right.count {
            let value = min(left[i], right[j])
            while i < left.count, left[i] <= value { i += 1 }
            while j < right.count, right[j] <= value { j += 1 }
            best = max(best, abs(Double(i) / Double(left.count) - Double(j) / Double(right.count)))
        }
        return best
    }

    /// The probability of at least this distance between samples of the same distribution (Stephens 1970); on
    /// buckets it errs on the high side.
    static func probability(of distance: Double, _ first: Double, _ second: Double) -> Double {
        guard first > 0, second > 0 else { return 1 }
        let root = (first * second / (first + second)).squareRoot()
        let lambda = (root + 0.12 + 0.11 / root) * distance
        guard lambda >= 0.2 else { return 1 }
        var sum = 0.0
        for term in 1...100 {
            let value = Double.exp(-2 * Double(term * term) * lambda * lambda)
            sum += term % 2 == 1 ? value : -value
        }
        return min(1, max(0, 2 * sum))
    }
}
