/// How a table is read in full.
public enum ScanWay: String, Sendable, Codable, CaseIterable {
    /// In ranges of blocks: short locks, but what is read takes the place of other blocks in shared_buffers.
    case chunks
    /// A table that is larger than a quarter of shared_buffers in one statement, for which the server uses a ring of
    /// few buffers; the lock is held until the end.
    case ring
}
