import LOBProfile
import PostgreSQLClient

/// A chunk that was read well and is not yet counted.
struct ReadChunk: Sendable {
    let scan: TableScan
    let range: TIDRange
    let result: PackedResult

    /// Counts it.
    ///
    /// - Throws: `PostgreSQLError.decoding` where the result contradicts itself; then nothing was counted.
    func count() throws(PostgreSQLError) {
        scan.add(try result.counted(), of: range)
    }
}

/// Counts chunks beside the connection that reads them, one at a time, so that server and client work together.
struct ChunkCounter {
    private var chunk: ReadChunk?
    private var counting: Task<PostgreSQLError?, Never>?

    /// Begins to count a chunk once the one before has been counted.
    ///
    /// - Returns: the table of the one before.
    mutating func begin(_ chunk: ReadChunk) async -> TableScan? {
        let before = await finish()
        self.chunk = chunk
        counting = Task.detached {
            do throws(PostgreSQLError) {
                try chunk.count()
                return nil
            } catch {
                return error
            }
        }
        return before
    }

    /// Waits for what is being counted; gives its table up where it contradicts itself.
    ///
    /// - Returns: the table, which may be finished now; nil where nothing was being counted.
    mutating func finish() async -> TableScan? {
        guard let chunk, let counting else { return nil }
        (self.chunk, self.counting) = (nil, nil)
        if let error = await counting.value { chunk.scan.giveUp(.serverError, detail: error.description) }
        return chunk.scan
    }
}
