import Subprocess

/// The standard input of a running program.
public struct InputWriter: Sendable {
    private let writer: StandardInputWriter
    private let program: String

    init(_ writer: StandardInputWriter, program: String) {
        self.writer = writer
        self.program = program
    }

    /// Writes all of `bytes`, waiting while the program's pipe is full.
    ///
    /// - Throws: ``ClusterError/notRun(program:reason:)`` when the program no longer reads.
    public func write(_ bytes: [UInt8]) async throws(ClusterError) {
        guard !bytes.isEmpty else { return }
        do {
            _ = try await writer.write(bytes)
        } catch {
            throw .notRun(program: program, reason: "it stopped reading: \(error)")
        }
    }

    /// Ends the input; a program that is gone already has nothing to end.
    func finish() async {
        try? await writer.finish()
    }
}
