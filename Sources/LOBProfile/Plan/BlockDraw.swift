/// Draws blocks without replacement: a fixed number of them, each block with the same probability.
///
/// The blocks are the first of a pseudo-random order of all blocks that follows from the seed alone, so a larger draw
/// contains every smaller one. The order is a Feistel network over a range that may be up to four times too large;
/// numbers outside are sent through it again (cycle walking: Black and Rogaway 2002).
public struct BlockDraw: Sendable {
    /// Blocks to draw from.
    public let population: Int
    private let keys: [UInt64]
    private let halfBits: UInt64

    /// Creates the order of a table.
    ///
    /// - Parameters:
    ///   - population: the number of its blocks, 0 or more.
    ///   - seed: what the order follows from.
    public init(population: Int, seed: Int64) {
        self.population = max(0, population)
        let bits = Int.bitWidth - max(1, self.population - 1).leadingZeroBitCount
        halfBits = UInt64(max(1, (bits + 1) / 2))
        keys = (0..<Self.rounds).map {
            Self.mixed(UInt64(bitPattern: seed) &+ UInt64($0) &* 0x9E37_79B9_7F4A_7C15)
        }
    }

    private static let rounds = 6

    /// The blocks of a draw in ascending order; all of them where `count` is not smaller than the population.
    public func blocks(_ count: Int) -> [UInt32] {
        guard count < population else { return (0..<population).map { UInt32(clamping: $0) } }
        return (0..<max(0, count)).map { UInt32(clamping: block(at: $0)) }.sorted()
    }

    /// The block at a place of the order.
    private func block(at place: Int) -> Int {
        var number = UInt64(place)
        repeat { number = permuted(number) } while number >= UInt64(population)
        return Int(number)
    }

    /// One way through the network: every number has exactly one image.
    private func permuted(_ number: UInt64) -> UInt64 {
        let mask: UInt64 = (1 << halfBits) - 1
        var (left, right) = (number >> halfBits, number & mask)
        for key in keys { (left, right) = (right, left ^ Self.mixed(right ^ key) & mask) }
        return left << halfBits | right
    }

    /// The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
