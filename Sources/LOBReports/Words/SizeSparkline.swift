import SizeStatistics

/// A histogram of sizes in one line of block characters: 16 bars from 1 byte to 1 GiB, each four times the size of
/// the one before.
///
/// Heights follow the logarithm of the count, so that one value among millions, which decides the limit, is seen.
enum SizeSparkline {
    private static let bars = 16
    private static let blocks: [Unicode.Scalar] = [
        "\u{2581}", "\u{2582}", "\u{2583}", "\u{2584}", "\u{2585}", "\u{2586}", "\u{2587}", "\u{2588}",
    ]

    /// What the line shows, for a heading.
    static let legend = "1 B to 1 GiB, log axes"

    /// The line, always ``bars`` characters; a dot where no value is.
    static func line(_ distribution: SizeDistribution) -> String {
        var counts = Array(repeating: 0, count: bars)
        for bucket in distribution.histogram.buckets {
            let (sum, overflow) = counts[bar(of: bucket.upper)].addingReportingOverflow(bucket.count)
            counts[bar(of: bucket.upper)] = overflow ? .max : sum
        }
        let highest = counts.map(magnitude).max() ?? 0
        return String(String.UnicodeScalarView(counts.map { block($0, highest: highest) }))
    }

    /// The bar of a size: 0 for 0 to 1 byte, 1 for up to 4, and so on.
    private static func bar(of size: ByteCount) -> Int {
        guard size.bytes > 1 else { return 0 }
        let octave = 64 - (size.bytes - 1).leadingZeroBitCount
        return min((octave + 1) / 2, bars - 1)
    }

    /// The number of binary digits: a logarithm in whole numbers.
    private static func magnitude(_ count: Int) -> Int { 64 - count.leadingZeroBitCount }

    private static func block(_ count: Int, highest: Int) -> Unicode.Scalar {
        guard count > 0, highest > 0 else { return "." }
        return blocks[(magnitude(count) * blocks.count - 1) / highest]
    }
}
