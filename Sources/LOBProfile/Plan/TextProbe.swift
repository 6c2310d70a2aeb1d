/// What some random blocks of a table told of how long it takes to make the text of its values: how well they compress, and
/// how wide they are, is in no catalog.
public struct TextProbe: Sendable, Equatable, Codable {
    /// Blocks that were read, 1 or more.
    public let blocks: Int
    /// Seconds that they took, by attribute number.
    public let seconds: [Int16: Double]

    /// Creates a probe.
    public init(blocks: Int, seconds: [Int16: Double]) {
        self.blocks = max(1, blocks)
        self.seconds = seconds
    }

    /// Blocks that are read.
    package static let blocks = 40
    /// Tables that are looked into before anything is measured, the dearest first.
    package static let tables = 50
}
