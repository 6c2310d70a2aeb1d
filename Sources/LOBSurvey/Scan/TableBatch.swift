/// How many tables that are read in a moment go into one transaction: as many as take the time of a chunk, because it
/// holds the locks of all of them.
struct TableBatch {
    /// Time that a transaction should take.
    let target: Duration
    /// So many tables at most.
    private(set) var tables = 4

    /// Each takes locks of the table and of its indexes, out of those that the server has for all sessions together.
    private static let largest = 16

    init(target: Duration) {
        self.target = target
    }

    /// Steers the next one by the time that one took with so many pieces.
    mutating func steer(_ pieces: Int, took time: Duration) {
        let factor = min(2, max(0.25, target.inSeconds / max(time.inSeconds, 0.000_1)))
        tables = min(Self.largest, max(1, Int(Double(pieces) * factor)))
    }
}
