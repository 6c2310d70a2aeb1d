import EphemeralPostgreSQL

/// Rows on their way into one COPY, written in pieces of about a mebibyte.
struct CopyInput {
    private let writer: InputWriter
    private var pending: [UInt8] = []
    /// Rows written.
    private(set) var rows = 0

    private static let piece = 1 << 20

    init(_ writer: InputWriter) {
        self.writer = writer
    }

    /// Adds a row.
    mutating func write(_ row: CopyRow) async throws(ClusterError) {
        pending += row.bytes
        pending.append(UInt8(ascii: "\n"))
        rows += 1
        if pending.count >= Self.piece { try await flush() }
    }

    /// Writes what is left.
    mutating func flush() async throws(ClusterError) {
        try await writer.write(pending)
        pending.removeAll(keepingCapacity: true)
    }
}
