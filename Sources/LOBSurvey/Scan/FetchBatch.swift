import LOBProfile
import SizeStatistics

/// Rows whose true size one statement of the second phase reads, of one column.
struct FetchBatch: Sendable, Codable {
    /// The column's place among the scanned ones.
    let column: Int
    /// The rows, with their stored sizes.
    let rows: [LocatedSize]
    /// Those that are in the random sample.
    let random: Set<LocatedSize>

    /// Stored bytes that one statement reads at most: what takes some ten milliseconds to decompress and print.
    private static let storedBytes: Int64 = 1 << 20
    private static let rowCount = 200

    /// Divides the rows of a column into batches, in the order of their places.
    static func batches(of rows: [LocatedSize], random: Set<LocatedSize>, column: Int) -> [FetchBatch] {
        var batches: [FetchBatch] = []
        var current: [LocatedSize] = []
        var bytes: Int64 = 0
        for row in rows {
            if !current.isEmpty, bytes + row.size.bytes > storedBytes || current.count >= rowCount {
                batches.append(
                    FetchBatch(column: column, rows: current, random: random.intersection(current)))
                current = []
                bytes = 0
            }
            current.append(row)
            bytes += row.size.bytes
        }
        if !current.isEmpty {
            batches.append(FetchBatch(column: column, rows: current, random: random.intersection(current)))
        }
        return batches
    }

    /// Its two halves, or nil for a single row.
    var halves: (FetchBatch, FetchBatch)? {
        guard rows.count > 1 else { return nil }
        let middle = rows.count / 2
        return (part(rows[..<middle]), part(rows[middle...]))
    }

    private func part(_ rows: ArraySlice<LocatedSize>) -> FetchBatch {
        FetchBatch(column: column, rows: Array(rows), random: random.intersection(rows))
    }
}
