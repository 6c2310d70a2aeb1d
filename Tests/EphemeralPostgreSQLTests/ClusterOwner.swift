import Foundation
import Subprocess
import TestSupport

/// A process that owns a cluster, to be killed.
struct ClusterOwner {
    let pid: Int32
    let postmaster: Int32
    let directory: String

    struct NotStarted: Error {}

    /// Starts the process and waits until it says that its server runs.
    static func start() async throws -> ClusterOwner {
        let (owners, found) = AsyncThrowingStream.makeStream(of: ClusterOwner.self)
        Task.detached {
            do {
                let product = BuiltProduct("ClusterOwner")
                _ = try await Subprocess.run(
                    .name(product.name), environment: .custom(product.variables()),
                    input: .none, output: .sequence, error: .discarded
                ) { execution in
                    for try await line in execution.standardOutput.strings() {
                        let fields = line.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1)
                            .map { String(decoding: $0, as: UTF8.self) }
                        guard fields.count == 2, let postmaster = Int32(fields[0]) else { continue }
                        found.yield(
                            ClusterOwner(
                                pid: execution.processIdentifier.value, postmaster: postmaster,
                                directory: fields[1]))
                    }
                }
                found.finish()
            } catch {
                found.finish(throwing: error)
            }
        }
        for try await owner in owners { return owner }
        throw NotStarted()
    }

    func kill(with signal: Int32) throws {
        guard Foundation.kill(pid, signal) == 0 else { throw NotStarted() }
    }
}
