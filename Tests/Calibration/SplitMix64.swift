import RealModule

/// A small generator of pseudo-random numbers with a seed, so that every run draws the same (Steele, Lea and
/// Flood 2014).
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    /// Starts a stream of its own for each combination of numbers.
    init(_ seeds: UInt64...) {
        state = 0
        for seed in seeds { state = next() ^ seed }
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

    /// A number drawn from the standard normal distribution (Box and Muller 1958).
    mutating func normal() -> Double {
        (-2 * Double.log(uniform())).squareRoot() * .cos(2 * .pi * uniform())
    }

    /// A whole number from 0, less than `bound`.
    mutating func below(_ bound: Int) -> Int {
        Int(next() % UInt64(bound))
    }

    /// Different whole numbers from 0, less than `bound`, in random order.
    mutating func choose(_ count: Int, below bound: Int) -> [Int] {
        var all = Array(0..<bound)
        for index in 0..<count {
            all.swapAt(index, index + below(bound - index))
        }
        return Array(all[..<count])
    }
}
