import SizeStatistics

/// Buckets as wide as a picture needs where no DMS limit lies, and narrower above.
enum SizeBuckets {
    /// A bucket: sizes over `lower` up to `upper`, in bytes.
    typealias Bucket = (lower: Int64, upper: Int64, count: Int)

    /// No DMS limit is expected under this size, in bytes.
    private static let fineFrom: Int64 = 8192

    /// Merges neighbours.
    static func merged(_ buckets: [SizeHistogram.Bucket], _ detail: HTMLDetail) -> [Bucket] {
        var output: [Bucket] = []
        for bucket in buckets {
            let next: Bucket = (bucket.lower.bytes, bucket.upper.bytes, bucket.count)
            let parts = next.upper <= fineFrom ? detail.bucketsPerSmallOctave : detail.bucketsPerOctave
            if let last = output.last, step(last.upper, parts) == step(next.upper, parts) {
                let (sum, overflow) = last.count.addingReportingOverflow(next.count)
                output[output.count - 1] = (last.lower, next.upper, overflow ? .max : sum)
            } else {
                output.append(next)
            }
        }
        return output
    }

    /// The part of its octave that a size is in, of 4, 8, 16 or 32: octaves end with a power of two, which is an
    /// upper edge.
    private static func step(_ size: Int64, _ parts: Int64) -> Int64 {
        guard size > parts else { return size }
        let below = size - 1
        let octave = Int64(63 - below.leadingZeroBitCount)
        let part = below >> (octave - Int64(parts.trailingZeroBitCount))
        return octave * parts + part % parts
    }
}
