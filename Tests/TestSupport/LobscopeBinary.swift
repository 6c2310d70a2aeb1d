/// The built `lobscope` command.
public enum LobscopeBinary {
    /// Runs `lobscope` with arguments; `environment` goes over this process's, without `PG*` variables.
    public static func run(
        _ arguments: [String], environment: [String: String] = [:], stdin: [UInt8] = []
    ) async throws -> (stdout: [UInt8], stderr: [UInt8], status: Int32) {
        let outcome = try await BuiltProduct("lobscope").run(
            arguments, environment: environment, stdin: stdin)
        return (outcome.stdout, outcome.stderr, outcome.status)
    }
}
