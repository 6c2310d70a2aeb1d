/// How rows are drawn when a table is sampled.
public struct SampleDesign: Hashable, Sendable, Codable {
    /// What is drawn.
    public enum Method: String, Sendable, Codable, CaseIterable {
        /// `TABLESAMPLE SYSTEM`: whole blocks, each with the given probability.
        case system
        /// `TABLESAMPLE BERNOULLI`: rows, each with the given probability; reads every block.
        case bernoulli
    }

    public let method: Method
    /// Percent of the blocks (rows for BERNOULLI), over 0 and up to 100.
    public let percent: Double
    /// The seed of REPEATABLE, so that the same rows can be drawn again.
    public let seed: Int64

    /// Creates a design.
    public init(method: Method, percent: Double, seed: Int64) {
        self.method = method
        self.percent = percent
        self.seed = seed
    }
}
