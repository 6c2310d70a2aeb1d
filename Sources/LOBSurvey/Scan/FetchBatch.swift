import LOBProfile
import SizeStatistics

/// Rows whose true size one statement of the second phase reads, of one column.
struct FetchBatch: Sendable, Codable {
    /// The column's place among the scanned ones.
    let column: Int
    let rows: [StoredRow]
    /// Those that are in the random sample.
    let random: Set<StoredRow>

    /// Stored bytes that one statement reads at most: what takes some ten milliseconds to decompress and print.
    private static let storedBytes: Int64 = 1 << 20
    private static let rowCount = 200

    /// Divides the rows of a column into batches, in the order of their places.
    static func batches(of rows: [StoredRow], random: Set<StoredRow>, column: Int) -> [FetchBatch] {
        var batches: [FetchBatch] = []
        var current: [StoredRow] = []
        var bytes: Int64 = 0
        for row in rows {
            if !current.isEmpty, bytes + row.place.size.bytes > storedBytes || current.count >= rowCount {
                batches.append(
                    FetchBatch(column: column, rows: current, random: random.intersection(current)))
                current = []
                bytes = 0
            }
            current.append(row)
            bytes += row.place.size.bytes
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

    private func part(_ rows: ArraySlice<StoredRow>) -> FetchBatch {
        FetchBatch(column: column, rows: Array(rows), random: random.intersection(rows))
    }
}
