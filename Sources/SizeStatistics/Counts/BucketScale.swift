/// The edges of the buckets of every ``SizeHistogram``.
///
/// A bucket is (lower, upper]: DMS cuts what is larger than a limit and keeps what is equal to it, so a limit
/// is an upper edge. Sizes 0 to 64 have a bucket each; above, every octave (2^e, 2^(e+1)] has 32 buckets
/// of 2^(e-5) bytes. So every power of two is an upper edge, and every multiple of 1 KiB up to 64 KiB, of
/// 2 KiB up to 128 KiB, and so on.
enum BucketScale {
    /// The largest size with a bucket of its own.
    static let exactSizes: Int64 = 64
    /// The number of the bucket that holds the largest `Int64`.
    static let last = index(of: .max)

    /// The number of the bucket that holds a size; a negative size counts as 0.
    static func index(of bytes: Int64) -> Int {
        guard bytes > exactSizes else { return Int(max(bytes, 0)) }
        let below = UInt64(bytes - 1)
        let octave = 63 - below.leadingZeroBitCount
        return 65 + (octave - 6) * 32 + Int(below >> UInt64(octave - 5)) - 32
    }

    /// The largest size in a bucket.
    static func upper(_ index: Int) -> Int64 {
        guard index > 64 else { return Int64(index) }
        let (octave, part) = (index - 65).quotientAndRemainder(dividingBy: 32)
        let edge = UInt64(part + 33) << UInt64(octave + 1)
        return Int64(clamping: edge)
    }

    /// The largest size below a bucket; -1 for the bucket of size 0.
    static func lower(_ index: Int) -> Int64 {
        index == 0 ? -1 : upper(index - 1)
    }
}
