/// A small generator of pseudo-random numbers with a seed, so that every run draws the same (Steele, Lea and
/// Flood 2014).
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A number over 0 and under 1.
    mutating func uniform() -> Double {
        (Double(next() >> 11) + 0.5) / 9_007_199_254_740_992
    }

    /// Sizes over many octaves, with zeros and repeats.
    mutating func sizes(_ count: Int) -> [Int64] {
        let style = next() % 4
        return (0..<count).map { _ in
            switch style {
            case 0: Int64(next() % 200)
            case 1: Int64(500 / uniform())
            case 2: Int64(next() % (1 << (next() % 40)))
            default: Int64(1 + next() % 70) * 1024
            }
        }
    }
}
