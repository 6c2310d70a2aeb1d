import LOBProfile
import SizeStatistics

/// What was seen of the values of a TOAST relation so far, and how large the largest can be by that.
struct ToastTally: Sendable, Codable, Equatable {
    let facts: ToastFacts
    private(set) var values = 0
    private(set) var chunks = 0
    /// How large the largest can be of those that can be larger than a value in a row; 0 where none was seen.
    private(set) var largest = ByteCount(0)
    /// The values that are looked at next; nil where none are left.
    private(set) var next: ToastWindow?

    /// Begins with all values, where they can be read.
    init(_ facts: ToastFacts) {
        self.facts = facts
        guard let relation = facts.relation, relation.storedBytes > 0 else { return }
        if relation.isReadable {
            next = ToastWindow(upTo: .max, count: Self.firstValues)
        } else {
            largest = Self.bounded(relation.storedBytes * SizeBound.expansion)
        }
    }

    /// Values of the first window: what takes some ten milliseconds where the beginning of each is looked at, and all of most tables.
    static let firstValues = 2000

    /// What a value has to exceed to matter: what may be in a row is as large.
    var known: ByteCount { max(largest, SizeBound.inRow(blockSize: facts.blockSize)) }

    /// The window to be read, with as many values as the pace allows.
    func window(of count: Int) -> ToastWindow? { next.map { ToastWindow(upTo: $0.upTo, count: count) } }

    /// Counts what a window held.
    mutating func add(_ answer: ToastAnswer, of window: ToastWindow) {
        values += answer.values
        chunks += Int(answer.chunks)
        let chunkSize = facts.chunkSize
        // Where headers cannot be read each value may be compressed.
        let expansion = facts.isLittleEndian ? 1 : SizeBound.expansion
        note(answer.mostChunks * chunkSize * expansion)
        note(answer.mostHeadless * chunkSize * SizeBound.expansion)
        for (chunks, bytes) in answer.beginnings {
            guard let beginning = CompressedBeginning(bytes), beginning.rawSize > largest.bytes,
                beginning.isPossible(chunks: chunks, of: chunkSize)
            else { continue }
            note(beginning.rawSize)
        }
        next = nil
        guard answer.values == window.count, let least = answer.leastID, least > 0 else { return }
        next = ToastWindow(upTo: least - 1, count: window.count)
    }

    private mutating func note(_ size: Int64) { largest = max(largest, Self.bounded(size)) }

    private static func bounded(_ size: Int64) -> ByteCount { min(ByteCount(size), .largestValue) }

    /// How large any value of the table can be; nil where something is left to be read.
    var bound: SizeBound? {
        guard next == nil else { return nil }
        let outside = facts.relation.map { relation in
            let isRead = relation.isReadable || relation.storedBytes == 0
            // How the others begin was not looked at: compressed, they may be as large as values in rows.
            let largest = isRead && values > 0 ? known : largest
            return SizeBound.Outside(
                largest: largest, values: isRead ? values : nil, chunks: isRead ? chunks : nil,
                storedBytes: relation.storedBytes)
        }
        return SizeBound(inRows: SizeBound.inRow(blockSize: facts.blockSize), outside: outside)
    }
}
