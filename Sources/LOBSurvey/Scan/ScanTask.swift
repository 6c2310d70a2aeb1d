import LOBProfile

/// A part of a table that one worker reads in one transaction.
enum ScanTask: Sendable, Codable {
    /// All rows in a range of places.
    case chunk(TIDRange)
    /// Of a range of places the row versions that the first snapshot did not see.
    case changes(TIDRange)
    /// All rows in one statement.
    case wholeTable
    /// A sample in one statement.
    case sample
    /// All rows of some blocks, for a sample.
    case blocks([UInt32])
    /// Some rows in full, for the second of two phases.
    case fetch(FetchBatch)
    /// How values are stored, in some blocks.
    case storage([UInt32])
    /// What the catalog says of what is stored outside of the rows.
    case toastFacts
    /// Some of the values that are.
    case toast(ToastWindow)
    /// Whether a table of which no row was read has rows that a plain read of it does not show.
    case emptiness

    /// Its halves, where it has any.
    var halves: (ScanTask, ScanTask)? {
        switch self {
        case .chunk(let range): return range.halves.map { (.chunk($0), .chunk($1)) }
        case .changes(let range): return range.halves.map { (.changes($0), .changes($1)) }
        case .fetch(let batch): return batch.halves.map { (.fetch($0), .fetch($1)) }
        case .blocks(let blocks):
            guard blocks.count > 1 else { return nil }
            let middle = blocks.count / 2
            return (.blocks(Array(blocks[..<middle])), .blocks(Array(blocks[middle...])))
        case .wholeTable, .sample, .storage, .emptiness, .toastFacts, .toast: return nil
        }
    }

    /// The first part of it, where what is behind that is only known when it was read.
    var firstHalf: ScanTask? {
        if case .toast(let window) = self { window.firstHalf.map { .toast($0) } } else { nil }
    }

    /// Blocks of a plan that it stands for, for progress.
    func blocks(of plan: TablePlan) -> Int {
        switch self {
        case .chunk(let range): range.blockCount
        case .wholeTable: plan.relation.blocks
        case .sample: plan.price.blocks
        case .blocks(let blocks): blocks.count
        case .changes, .fetch, .storage, .emptiness, .toastFacts, .toast: 0
        }
    }

    /// The places that it reads, where it reads by places.
    var range: TIDRange? {
        switch self {
        case .chunk(let range), .changes(let range): range
        default: nil
        }
    }

    /// Whether only the result of its own table depends on it, and not even that: it is decoration.
    var isDecoration: Bool {
        if case .storage = self { true } else { false }
    }

    /// The part in words, for people.
    var words: String {
        switch self {
        case .chunk(let range), .changes(let range): range.description
        case .wholeTable: "the whole table"
        case .sample: "a sample"
        case .blocks(let blocks): blocks.count == 1 ? "block \(blocks[0])" : "\(blocks.count) blocks"
        case .fetch(let batch):
            batch.rows.count == 1 ? "row \(batch.rows[0].place.ctid)" : "\(batch.rows.count) rows"
        case .storage: "storage figures"
        case .emptiness: "whether it is empty"
        case .toastFacts: "its TOAST relation"
        case .toast(let window): "values of TOAST from chunk_id \(window.upTo) down"
        }
    }
}
