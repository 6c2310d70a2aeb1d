/// What reading a table costs on one connection, from sizes that the catalog knows.
///
/// The rates were measured on a warm cache of a small machine with PostgreSQL 15; storage that is slower than
/// them decides instead, so a price is an order of magnitude until a first chunk has been timed.
struct PriceModel {
    let relation: Relation
    let blockSize: Int

    /// Bytes of heap per second for packed sizes of a few columns.
    private static let heapRate = 350e6
    /// Stored bytes per second where the text of each value must be made: decompressed and printed.
    private static let textRate = 40e6
    /// The same for json, which is stored as its text.
    private static let jsonRate = 150e6
    /// A transaction, however little it reads.
    private static let overhead = 0.001

    /// Seconds to read columns in full.
    func seconds(of columns: [Column]) -> Double {
        let heap = heapBytes
        let expensive = columns.filter { !$0.family.sizeIsInHeader }
        guard !expensive.isEmpty else { return Self.overhead + heap / Self.heapRate }
        let isJSON = expensive.allSatisfy { $0.family == .json }
        let isRead = isJSON ? shareOfTOAST(of: expensive) : 1
        let stored = heap + Double(relation.toastBytes) * isRead
        return Self.overhead + heap / Self.heapRate + stored / (isJSON ? Self.jsonRate : Self.textRate)
    }

    /// How much of the time that making the text of json outside its rows takes, where headers tell some of the sizes.
    private func shareOfTOAST(of columns: [Column]) -> Double {
        switch relation.headers {
        case .content: 0.25
        case .place: columns.allSatisfy { $0.storage == .external } ? 0 : 1
        case .compression: columns.allSatisfy { $0.storage == .external } ? 0.6 : 1
        case nil: 1
        }
    }

    /// The price of a plan for all columns.
    func price(of columns: [TablePlan.ColumnPlan], sample: SampleDesign) -> TablePlan.Price {
        let full = columns.filter { $0.method == .full }.map(\.column)
        let twoPhase = columns.filter { $0.method == .twoPhase }.map(\.column)
        let sampled = columns.filter { $0.method == .sample }.map(\.column)
        let share = sampled.isEmpty ? 0 : sample.percent / 100
        let isScanned = !full.isEmpty || !twoPhase.isEmpty
        var seconds = full.isEmpty ? 0 : self.seconds(of: full)
        var blocks = isScanned ? relation.blocks : 0
        if full.isEmpty, !twoPhase.isEmpty { seconds += Self.overhead + heapBytes / Self.heapRate }
        for column in twoPhase { seconds += secondPhase(of: column) }
        if !sampled.isEmpty {
            let visited = Double(relation.blocks) * (sample.method == .bernoulli ? 1 : share)
            seconds += self.seconds(of: sampled) * share + visited * Double(blockSize) / Self.heapRate
            blocks += Int(visited.rounded(.up))
        }
        let rows = relation.estimatedRows.map { isScanned ? $0 : $0 * share }
        return TablePlan.Price(blocks: blocks, rows: rows, seconds: seconds)
    }

    private var heapBytes: Double { Double(relation.blocks) * Double(blockSize) }

    /// Some 3,000 rows are read in full; the largest 1,000 may hold ten times what others do.
    private func secondPhase(of column: Column) -> Double {
        let rows = max(1, relation.estimatedRows ?? Double(relation.blocks))
        let share = min(1, (2_000 + 10 * 1_000) / rows)
        return (seconds(of: [column]) - heapBytes / Self.heapRate) * share
    }
}
