import EphemeralPostgreSQL
import Foundation
public import Subprocess

/// An executable of the package, as built beside the test bundle.
public struct BuiltProduct: Sendable {
    /// The executable's name.
    public let name: String

    /// Names the executable of a target.
    public init(_ name: String) {
        self.name = name
    }

    /// Bytes of one stream.
    ///
    /// So much is reserved for each run, and a machine lets no process fork that has reserved more than it has.
    private static let longestOutput = 1 << 24

    /// What a finished run wrote, and how it ended.
    public struct Outcome: Sendable {
        /// Bytes on standard output.
        public let stdout: [UInt8]
        /// Bytes on standard error.
        public let stderr: [UInt8]
        /// The exit status, or 128 plus the number of the signal that ended it.
        public let status: Int32

        /// Standard output as UTF-8, invalid bytes replaced.
        public var output: String { String(decoding: stdout, as: UTF8.self) }
        /// Standard error as UTF-8, invalid bytes replaced.
        public var errorOutput: String { String(decoding: stderr, as: UTF8.self) }
    }

    /// Runs the executable to its end.
    ///
    /// - Parameter environment: Variables over those of this process, which lose all `PG*` ones.
    public func run(
        _ arguments: [String], environment: [String: String] = [:], stdin: [UInt8] = []
    ) async throws -> Outcome {
        BrokenPipe.isAnError()
        let result = try await Subprocess.run(
            .name(name), arguments: Arguments(arguments),
            environment: .custom(variables(environment)), input: .inputWriter,
            output: .bytes(limit: Self.longestOutput), error: .bytes(limit: Self.longestOutput)
        ) { execution in
            // A command may end without reading; what it says then is what the test looks at.
            _ = try? await execution.standardInputWriter.write(stdin)
            try? await execution.standardInputWriter.finish()
        }
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return Outcome(stdout: result.standardOutput, stderr: result.standardError, status: status)
    }

    /// The variables of a run: the folder of the products comes first in `PATH`.
    public func variables(_ changes: [String: String] = [:]) -> [Environment.Key: String] {
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
        variables["PATH"] = Self.directory + ":" + (variables["PATH"] ?? "/usr/bin:/bin")
        variables.merge(changes) { $1 }
        return Dictionary(
            variables.compactMap { name, value in Environment.Key(rawValue: name).map { ($0, value) } },
            uniquingKeysWith: { $1 })
    }

    /// The folder of the products: the test bundle's on macOS, the test program's elsewhere.
    public static var directory: String {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
        let program = bundle?.bundleURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return program.deletingLastPathComponent().path
    }
}
