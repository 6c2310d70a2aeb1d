/// How rows are drawn when a table is sampled.
public struct SampleDesign: Hashable, Sendable, Codable {
    /// What is drawn.
    public enum Method: String, Sendable, Codable, CaseIterable {
        /// `TABLESAMPLE SYSTEM`: whole blocks, each with the given probability.
        case system
        /// `TABLESAMPLE BERNOULLI`: rows, each with the given probability; reads every block.
        case bernoulli
        /// Whole blocks, a fixed number of them, read by their places (``BlockDraw``).
        case blocks
    }

    public let method: Method
    /// Percent of the blocks (rows for BERNOULLI), over 0 and up to 100.
    public let percent: Double
    /// The seed of REPEATABLE or of the order of blocks, so that the same rows can be drawn again.
    public let seed: Int64

    /// Creates a design.
    public init(method: Method, percent: Double, seed: Int64) {
        self.method = method
        self.percent = percent
        self.seed = seed
    }

    /// The blocks that ``Method/blocks`` draws of a table of so many: at least one.
    public func drawn(of blocks: Int) -> [UInt32] {
        let count = (Double(blocks) * percent / 100).rounded()
        return BlockDraw(population: blocks, seed: seed).blocks(max(1, Int(count)))
    }

    /// The same with another way to draw.
    func by(_ method: Method) -> SampleDesign {
        SampleDesign(method: method, percent: percent, seed: seed)
    }
}
