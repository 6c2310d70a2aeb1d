import LOBProfile
import PostgreSQLClient

/// A chunk that was read well and is not yet counted.
struct ReadChunk: Sendable {
    let work: ScanQueue.Work
    let answer: ScanAnswer

    /// Counts it.
    ///
    /// - Throws: `PostgreSQLError` where the answer contradicts itself; then nothing was counted.
    func count() throws(PostgreSQLError) {
        work.scan.add(try answer.counted(), of: work.taken)
    }
}

/// Counts chunks beside the connection that reads them, one at a time, so that server and client work together.
struct ChunkCounter {
    private var chunk: ReadChunk?
    private var counting: Task<PostgreSQLError?, Never>?

    /// Begins to count a chunk once the one before has been counted.
    ///
    /// - Returns: the work of the one before.
    mutating func begin(_ chunk: ReadChunk) async -> ScanQueue.Work? {
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
    /// - Returns: the work, whose table may be finished now; nil where nothing was being counted.
    mutating func finish() async -> ScanQueue.Work? {
        guard let chunk, let counting else { return nil }
        (self.chunk, self.counting) = (nil, nil)
        if let error = await counting.value {
            chunk.work.scan.giveUp(.serverError, detail: error.description, ending: chunk.work.taken)
        }
        return chunk.work
    }
}
